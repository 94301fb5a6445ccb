package mlops.emulator.blob.dfs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.blob.acl.AccessList;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Set Access Control Recursive: a directory with all that is below it, some paths at a time. */
final class RecursiveAccessControl {
  static final Parameters PARAMETERS =
      Parameters.of("mode", "maxrecords", "forceflag", "continuation", PathAccess.ACL);
  private static final int LARGEST_BATCH = 2000;

  Response change(StorageRequest request) {
    request.requireHierarchical();
    String mode = request.query("mode").orElse("").toLowerCase(Locale.ROOT);
    AccessControlBatch.Order order =
        new AccessControlBatch.Order(
            request.blob(),
            mode,
            list(request, mode),
            request.count("maxrecords", LARGEST_BATCH),
            request.flag("forceflag"),
            PathList.place(request));
    AccessControlBatch done =
        request
            .container()
            .change(edit -> AccessControlBatch.run(edit, request.authorization(), order));
    ObjectNode body = Json.object();
    body.put("directoriesSuccessful", done.directories()).put("filesSuccessful", done.files());
    body.put("failureCount", done.failed().size()).set("failedEntries", done.failed());
    Response response = Response.json(200, body);
    return done.next().isEmpty()
        ? response
        : response.with("x-ms-continuation", PathList.continuation(done.next()));
  }

  private static AccessList list(StorageRequest request, String mode) {
    if (!mode.equals("set") && !mode.equals("modify") && !mode.equals("remove")) {
      throw StorageErrors.invalidQuery("mode", mode);
    }
    String text = request.header(PathAccess.ACL);
    if (text == null) {
      throw StorageErrors.missingHeader(PathAccess.ACL);
    }
    return AccessList.parse(text, mode.equals("remove"))
        .filter(list -> !mode.equals("set") || list.isWhole())
        .orElseThrow(() -> StorageErrors.invalidHeader(PathAccess.ACL, text));
  }
}
