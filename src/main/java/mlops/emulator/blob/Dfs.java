package mlops.emulator.blob;

import java.util.List;
import java.util.Map;
import mlops.emulator.http.ApiException;

/** The operations of {@code {account}.dfs.core.windows.net}, and its words for failures. */
final class Dfs {
  static final String HOST = "{account}.dfs.core.windows.net";
  static final String SERVER = "Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0";

  private static final String FILESYSTEM = "/{container}?resource=filesystem";
  private static final String PATH = "/{container}/{*blob}";
  private static final Map<String, String[]> WORDS =
      Map.of(
          "ContainerNotFound",
          new String[] {"FilesystemNotFound", "The specified filesystem does not exist."},
          "ContainerAlreadyExists",
          new String[] {"FilesystemAlreadyExists", "The specified filesystem already exists."},
          "BlobNotFound",
          new String[] {"PathNotFound", "The specified path does not exist."},
          "BlobAlreadyExists",
          new String[] {"PathAlreadyExists", "The specified path already exists."});

  static List<Operation> operations() {
    Filesystems filesystems = new Filesystems();
    Paths paths = new Paths();
    PathContent content = new PathContent();
    AccessControl control = new AccessControl();
    return List.of(
        new Operation("GET", "/?resource=account", Right.LIST_CONTAINERS, filesystems::list),
        new Operation("PUT", FILESYSTEM, Right.CREATE_CONTAINER, filesystems::create),
        new Operation("HEAD", FILESYSTEM, Right.READ_CONTAINER, filesystems::properties),
        new Operation("DELETE", FILESYSTEM, Right.DELETE_CONTAINER, filesystems::delete),
        new Operation("PATCH", FILESYSTEM, Right.WRITE_CONTAINER, filesystems::setProperties),
        new Operation("GET", FILESYSTEM, Right.LIST, new PathList()::list),
        new Operation("PUT", PATH + "?resource=file", Right.CREATE, paths::createFile),
        new Operation("PUT", PATH + "?resource=directory", Right.CREATE, paths::createDirectory),
        new Operation("PUT", PATH, Right.MOVE, new Renames()::rename),
        new Operation("DELETE", PATH, Right.DELETE, paths::delete),
        new Operation("GET", PATH, Right.READ, paths::read),
        new Operation("HEAD", PATH, Right.READ, paths::properties),
        new Operation("HEAD", PATH + "?action=getStatus", Right.READ, paths::properties),
        new Operation("HEAD", PATH + "?action=getAccessControl", Right.READ_ACCESS, control::get),
        new Operation("PATCH", PATH + "?action=append", Right.WRITE, content::append),
        new Operation("PATCH", PATH + "?action=flush", Right.WRITE, content::flush),
        new Operation("PATCH", PATH + "?action=setProperties", Right.WRITE, paths::setProperties),
        new Operation(
            "PATCH", PATH + "?action=setAccessControl", Right.WRITE_ACCESS, control::set));
  }

  /** The failure in the words of this endpoint. */
  static ApiException worded(ApiException e) {
    String[] words = WORDS.get(e.code());
    return words == null ? e : new ApiException(e.status(), words[0], words[1]);
  }

  /** Asks for real directories. */
  static void requireHierarchical(Call call) {
    if (!call.account().hierarchical()) {
      throw ApiException.notImplemented(
          "The embedded Azure has directories, renames and access control in accounts with a hierarchical namespace only; %s has none."
              .formatted(call.account().name()));
    }
  }

  private Dfs() {}
}
