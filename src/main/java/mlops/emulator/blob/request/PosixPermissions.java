package mlops.emulator.blob.request;

import java.util.Map;
import java.util.OptionalInt;
import mlops.emulator.blob.acl.AccessList;
import mlops.emulator.blob.acl.NewAccess;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.acl.Rwx;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** Owner, group and access control list of files and directories in headers. */
public final class PosixPermissions {
  private static final String UMASK = "x-ms-umask";

  /** The headers that set them. */
  public static final Parameters HEADERS =
      Parameters.of(PathAccess.OWNER, PathAccess.GROUP, PathAccess.PERMISSIONS, PathAccess.ACL);

  /**
   * What the request asks for a new file or directory.
   *
   * @throws ApiException 400 UnsupportedHeader where an account without directories is told
   */
  public static NewAccess ofNew(StorageRequest request, boolean directory) {
    if (!request.account().hierarchical()) {
      for (String header : HEADERS.and(UMASK).names()) {
        if (request.header(header) != null) {
          throw StorageErrors.unsupportedHeader(header);
        }
      }
    }
    String owner = request.header(PathAccess.OWNER);
    requireOne(request);
    return new NewAccess(
        owner == null ? request.authorization().owner() : owner,
        request.header(PathAccess.GROUP),
        mode(request, PathAccess.PERMISSIONS),
        mode(request, UMASK).orElse(NewAccess.DEFAULT_UMASK),
        list(request, directory));
  }

  /** What a file or directory has after a request that sets some of it. */
  public static PathAccess changed(StorageRequest request, PathAccess now, boolean directory) {
    requireOne(request);
    OptionalInt mode = mode(request, PathAccess.PERMISSIONS);
    AccessList list = list(request, directory);
    PathAccess changed = mode.isPresent() ? now.with(mode.getAsInt()) : now;
    String owner = request.header(PathAccess.OWNER);
    String group = request.header(PathAccess.GROUP);
    return (list == null ? changed : changed.with(list))
        .ownedBy(owner == null ? now.owner() : owner, group == null ? now.group() : group);
  }

  private static void requireOne(StorageRequest request) {
    if (request.header(PathAccess.PERMISSIONS) != null && request.header(PathAccess.ACL) != null) {
      throw ApiException.badRequest(
          "InvalidInput", "Permissions and an access control list cannot both be set.");
    }
  }

  private static OptionalInt mode(StorageRequest request, String header) {
    String text = request.header(header);
    if (text == null) {
      return OptionalInt.empty();
    }
    OptionalInt mode = Rwx.mode(text);
    if (mode.isEmpty()) {
      throw StorageErrors.invalidHeader(header, text);
    }
    return mode;
  }

  /** A whole list; files have nothing to hand down. */
  private static @Nullable AccessList list(StorageRequest request, boolean directory) {
    String text = request.header(PathAccess.ACL);
    if (text == null) {
      return null;
    }
    return AccessList.parse(text, false)
        .filter(list -> list.isWhole() && (directory || !list.hasDefaults()))
        .orElseThrow(() -> StorageErrors.invalidHeader(PathAccess.ACL, text));
  }

  /** Shows owner, group and permissions, and with {@code withAcl} the access control list. */
  public static Response describe(Response response, Blob blob, boolean withAcl) {
    return describe(response, of(blob), withAcl);
  }

  /** The same for what is no blob, such as the root of a container. */
  public static Response describe(Response response, PathAccess access, boolean withAcl) {
    response.with(PathAccess.OWNER, access.owner()).with(PathAccess.GROUP, access.group());
    response.with(PathAccess.PERMISSIONS, access.permissions());
    return withAcl ? response.with(PathAccess.ACL, access.list().text()) : response;
  }

  public static PathAccess of(Blob blob) {
    return PathAccess.of(blob.attributes(), blob.isDirectory());
  }

  /** Owner, group, permissions and list, by the names that lists of blobs give them. */
  public static Map<String, String> listed(Blob blob) {
    PathAccess access = of(blob);
    return Map.of(
        "Owner", access.owner(),
        "Group", access.group(),
        "Permissions", access.permissions(),
        "Acl", access.list().text());
  }

  private PosixPermissions() {}
}
