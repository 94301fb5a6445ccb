package mlops.emulator.blob.request;

import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import mlops.emulator.blob.auth.BlobAuthorizer;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.auth.StorageTarget;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/** Finds the path that a rename takes away, and asks whether the caller may take it. */
public final class RenameSource {
  public static final String HEADER = "x-ms-rename-source";

  private final BlobAuthorizer authorizer;

  public RenameSource(BlobAuthorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * The path that the header names, in the container of the request.
   *
   * @throws ApiException 400 InvalidSourceUri where it is not percent-encoded, 403 where the caller
   *     may not take it, 501 for another container
   */
  public String path(StorageRequest request) {
    String header = String.valueOf(request.header(HEADER));
    if (!Urls.isEncoded(header)) {
      throw ApiException.badRequest("InvalidSourceUri", "The source URI is invalid.");
    }
    int mark = header.indexOf('?');
    String path = Urls.decode(mark < 0 ? header : header.substring(0, mark));
    String[] parts = path.split("/", 3);
    if (parts.length < 3 || !parts[0].isEmpty() || HierarchicalNamespace.path(parts[2]).isEmpty()) {
      throw ApiException.badRequest(
          "InvalidRenameSourcePath", "The source path for a rename operation is invalid.");
    }
    if (!parts[1].equals(request.target().container())) {
      throw ApiException.notImplemented(
          "The embedded Azure renames within a filesystem only, not from %s to %s"
              .formatted(parts[1], request.target().container()));
    }
    StorageTarget source = new StorageTarget(request.account(), parts[1], parts[2]);
    authorizer.admit(StorageRight.MOVE_AWAY, asking(request.http(), header), source);
    return HierarchicalNamespace.path(parts[2]);
  }

  /**
   * The signature that the source brings along counts for it, else what the request itself brings.
   */
  private static Request asking(Request request, String source) {
    Request signed =
        Request.of(
            "PUT", request.host(), source, new HttpHeaders(), BinaryData.fromBytes(new byte[0]));
    return signed.query().containsKey("sig") ? signed : request;
  }
}
