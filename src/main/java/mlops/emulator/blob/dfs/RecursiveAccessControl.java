package mlops.emulator.blob.dfs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.blob.acl.AccessList;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Set Access Control Recursive: a directory with all that is below it, some paths at a time. */
final class RecursiveAccessControl {
  static final Parameters PARAMETERS =
      Parameters.of("mode", "maxrecords", "forceflag", "continuation", PathAccess.ACL);
  private static final int LARGEST_BATCH = 2000;
  private static final String MODE = "mode";

  /** How far a batch came. */
  private static final class Outcome {
    private int directories;
    private int files;
    private final ArrayNode failed = Json.MAPPER.createArrayNode();
    private String next = "";
  }

  Response change(StorageRequest request) {
    DfsOperations.requireHierarchical(request);
    String mode = request.query(MODE).orElse("").toLowerCase(Locale.ROOT);
    AccessList list = list(request, mode);
    int limit = request.count("maxrecords", LARGEST_BATCH);
    boolean force = request.flag("forceflag");
    String start = PathList.place(request);
    Outcome outcome =
        request.container().change(edit -> change(edit, request, mode, list, limit, force, start));
    ObjectNode body = Json.object();
    body.put("directoriesSuccessful", outcome.directories).put("filesSuccessful", outcome.files);
    body.put("failureCount", outcome.failed.size()).set("failedEntries", outcome.failed);
    Response response = Response.json(200, body);
    return outcome.next.isEmpty()
        ? response
        : response.with("x-ms-continuation", PathList.continuation(outcome.next));
  }

  private static AccessList list(StorageRequest request, String mode) {
    if (!mode.equals("set") && !mode.equals("modify") && !mode.equals("remove")) {
      throw StorageErrors.invalidQuery(MODE, mode);
    }
    String text = request.header(PathAccess.ACL);
    if (text == null) {
      throw StorageErrors.missingHeader(PathAccess.ACL);
    }
    return AccessList.parse(text, mode.equals("remove"))
        .filter(list -> !mode.equals("set") || list.isWhole())
        .orElseThrow(() -> StorageErrors.invalidHeader(PathAccess.ACL, text));
  }

  private static Outcome change(
      ContainerEdit edit,
      StorageRequest request,
      String mode,
      AccessList list,
      int limit,
      boolean force,
      String start) {
    String top = request.blob();
    Stream<Optional<Blob>> first =
        top.isEmpty()
            ? Stream.of(Optional.empty())
            : Stream.of(
                Optional.of(edit.before().find(top).orElseThrow(StorageErrors::blobNotFound)));
    Stream<Blob> below = edit.before().below(top).stream();
    Outcome outcome = new Outcome();
    int[] done = new int[1];
    for (Optional<Blob> path : Stream.concat(first, below.map(Optional::of)).toList()) {
      String name = path.map(Blob::name).orElse("");
      if (name.compareTo(start) < 0) {
        continue;
      }
      if (done[0]++ == limit || (!outcome.failed.isEmpty() && !force)) {
        outcome.next = name;
        break;
      }
      changeOne(edit, request, path, mode, list, outcome);
    }
    return outcome;
  }

  private static void changeOne(
      ContainerEdit edit,
      StorageRequest request,
      Optional<Blob> path,
      String mode,
      AccessList list,
      Outcome outcome) {
    boolean directory = path.map(Blob::isDirectory).orElse(true);
    String name = path.map(Blob::name).orElse("");
    PathAccess now = Directories.access(edit.before(), name);
    if (!request.authorization().superuser()
        && !now.owner().equals(request.authorization().owner())) {
      outcome
          .failed
          .addObject()
          .put("name", name)
          .put("type", directory ? "DIRECTORY" : "FILE")
          .put(
              "errorMessage",
              "This request is not authorized to perform this operation using this permission.");
      return;
    }
    AccessList asked = directory ? list : list.withoutDefaults();
    AccessList changed =
        switch (mode) {
          case "set" -> asked;
          case "modify" -> now.list().modified(asked);
          default -> now.list().removed(asked);
        };
    AccessControl.put(edit, path, now.with(changed));
    if (directory) {
      outcome.directories++;
    } else {
      outcome.files++;
    }
  }
}
