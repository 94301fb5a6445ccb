package mlops.emulator.blob.dfs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.request.StorageHost;
import mlops.emulator.blob.request.StorageOperation;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.http.ApiException;

/** The operations of {@code {account}.dfs.core.windows.net}, and its words for failures. */
public final class DfsOperations {
  public static final StorageHost HOST =
      new StorageHost(
          "{account}.dfs.core.windows.net",
          "Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0",
          DfsOperations::worded);

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

  public static List<StorageOperation> operations() {
    return Stream.concat(filesystems().stream(), paths().stream()).toList();
  }

  private static List<StorageOperation> filesystems() {
    Filesystems filesystems = new Filesystems();
    return List.of(
        new StorageOperation(
            "GET", "/?resource=account", StorageRight.LIST_CONTAINERS, filesystems::list),
        new StorageOperation("PUT", FILESYSTEM, StorageRight.CREATE_CONTAINER, filesystems::create),
        new StorageOperation(
            "HEAD", FILESYSTEM, StorageRight.READ_CONTAINER, filesystems::properties),
        new StorageOperation(
            "DELETE", FILESYSTEM, StorageRight.DELETE_CONTAINER, filesystems::delete),
        new StorageOperation(
            "PATCH", FILESYSTEM, StorageRight.WRITE_CONTAINER, filesystems::setProperties),
        new StorageOperation("GET", FILESYSTEM, StorageRight.LIST, new PathList()::list));
  }

  private static List<StorageOperation> paths() {
    PathOperations paths = new PathOperations();
    PathContent content = new PathContent();
    AccessControl control = new AccessControl();
    return List.of(
        new StorageOperation(
            "PUT", PATH + "?resource=file", StorageRight.CREATE, paths::createFile),
        new StorageOperation(
            "PUT", PATH + "?resource=directory", StorageRight.CREATE, paths::createDirectory),
        new StorageOperation("PUT", PATH, StorageRight.MOVE, new PathRename()::rename),
        new StorageOperation("DELETE", PATH, StorageRight.DELETE, paths::delete),
        new StorageOperation("GET", PATH, StorageRight.READ, paths::read),
        new StorageOperation("HEAD", PATH, StorageRight.READ, paths::properties),
        new StorageOperation(
            "HEAD", PATH + "?action=getStatus", StorageRight.READ, paths::properties),
        new StorageOperation(
            "HEAD", PATH + "?action=getAccessControl", StorageRight.READ_ACCESS, control::get),
        new StorageOperation("PATCH", PATH + "?action=append", StorageRight.WRITE, content::append),
        new StorageOperation("PATCH", PATH + "?action=flush", StorageRight.WRITE, content::flush),
        new StorageOperation(
            "PATCH", PATH + "?action=setProperties", StorageRight.WRITE, paths::setProperties),
        new StorageOperation(
            "PATCH", PATH + "?action=setAccessControl", StorageRight.WRITE_ACCESS, control::set));
  }

  /** The failure in the words of this endpoint. */
  private static ApiException worded(ApiException e) {
    String[] words = WORDS.get(e.code());
    return words == null ? e : new ApiException(e.status(), words[0], words[1]);
  }

  /** Asks for real directories. */
  static void requireHierarchical(StorageRequest request) {
    if (!request.account().hierarchical()) {
      throw ApiException.notImplemented(
          "The embedded Azure has directories, renames and access control in accounts with a hierarchical namespace only; %s has none."
              .formatted(request.account().name()));
    }
  }

  private DfsOperations() {}
}
