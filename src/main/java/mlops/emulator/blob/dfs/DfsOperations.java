package mlops.emulator.blob.dfs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mlops.emulator.blob.auth.BlobAuthorizer;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.RenameSource;
import mlops.emulator.blob.request.StorageHost;
import mlops.emulator.blob.request.StorageOperation;
import mlops.emulator.blob.rest.BlobReads;
import mlops.emulator.blob.rest.ExpiryOperations;
import mlops.emulator.blob.rest.LeaseOperations;
import mlops.emulator.http.ApiException;

/** The operations of {@code {account}.dfs.core.windows.net}, and its words for failures. */
public final class DfsOperations {
  public static final StorageHost HOST =
      new StorageHost(
          "{account}.dfs.core.windows.net",
          "Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0",
          DfsOperations::worded);

  private static final String PROPERTIES = "x-ms-properties";
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

  /**
   * All of them.
   *
   * @param authorizer asked for the right on a second path, which a header names
   */
  public static List<StorageOperation> operations(BlobAuthorizer authorizer) {
    PathRename rename = new PathRename(new RenameSource(authorizer));
    return Stream.of(filesystems(), paths(rename), changes()).flatMap(List::stream).toList();
  }

  private static List<StorageOperation> filesystems() {
    Filesystems filesystems = new Filesystems();
    return List.of(
        new StorageOperation(
                "GET", "/?resource=account", StorageRight.LIST_CONTAINERS, filesystems::list)
            .reading("prefix", "continuation", "maxresults"),
        new StorageOperation("PUT", FILESYSTEM, StorageRight.CREATE_CONTAINER, filesystems::create)
            .reading(PROPERTIES),
        new StorageOperation(
            "HEAD", FILESYSTEM, StorageRight.READ_CONTAINER, filesystems::properties),
        new StorageOperation(
                "DELETE", FILESYSTEM, StorageRight.DELETE_CONTAINER, filesystems::delete)
            .reading(Parameters.TIMES),
        new StorageOperation(
                "PATCH", FILESYSTEM, StorageRight.WRITE_CONTAINER, filesystems::setProperties)
            .reading(Parameters.TIMES.and(PROPERTIES)),
        new StorageOperation("GET", FILESYSTEM, StorageRight.LIST, new PathList()::list)
            .reading("directory", "recursive", "continuation", "maxresults", "upn"));
  }

  private static List<StorageOperation> paths(PathRename rename) {
    PathOperations paths = new PathOperations();
    AccessControl control = new AccessControl();
    return List.of(
        new StorageOperation("PUT", PATH + "?resource=file", StorageRight.CREATE, paths::createFile)
            .reading(PathOperations.CREATE.and(ExpiryOperations.HEADERS)),
        new StorageOperation(
                "PUT", PATH + "?resource=directory", StorageRight.CREATE, paths::createDirectory)
            .reading(PathOperations.CREATE),
        new StorageOperation("PUT", PATH, StorageRight.MOVE, rename::rename)
            .reading(PathRename.PARAMETERS),
        new StorageOperation(
                "PUT", PATH + "?comp=expiry", StorageRight.WRITE, new ExpiryOperations()::set)
            .reading(ExpiryOperations.HEADERS),
        new StorageOperation("POST", PATH, StorageRight.WRITE, new LeaseOperations()::ofBlob)
            .reading(request -> LeaseOperations.parameters(request).and(Parameters.MATCHES)),
        new StorageOperation("DELETE", PATH, StorageRight.DELETE, paths::delete)
            .reading(Parameters.CONDITIONS.and("recursive", "continuation", "paginated")),
        new StorageOperation("GET", PATH, StorageRight.READ, paths::read)
            .reading(BlobReads.CONTENT),
        new StorageOperation("HEAD", PATH, StorageRight.READ, paths::properties)
            .reading(Parameters.CONDITIONS.and("upn")),
        new StorageOperation(
                "HEAD", PATH + "?action=getStatus", StorageRight.READ, paths::properties)
            .reading(Parameters.CONDITIONS.and("upn")),
        new StorageOperation(
                "HEAD", PATH + "?action=getAccessControl", StorageRight.READ_ACCESS, control::get)
            .reading(Parameters.CONDITIONS.and("upn")));
  }

  private static List<StorageOperation> changes() {
    PathOperations paths = new PathOperations();
    PathContent content = new PathContent();
    return List.of(
        new StorageOperation("PATCH", PATH + "?action=append", StorageRight.WRITE, content::append)
            .reading(PathContent.APPEND),
        new StorageOperation("PATCH", PATH + "?action=flush", StorageRight.WRITE, content::flush)
            .reading(PathContent.FLUSH),
        new StorageOperation(
                "PATCH", PATH + "?action=setProperties", StorageRight.WRITE, paths::setProperties)
            .reading(Parameters.CONDITIONS.and(PathProperties.HEADERS).and(PROPERTIES)),
        new StorageOperation(
                "PATCH",
                PATH + "?action=setAccessControl",
                StorageRight.WRITE_ACCESS,
                new AccessControl()::set)
            .reading(Parameters.CONDITIONS.and(PosixPermissions.HEADERS)),
        new StorageOperation(
                "PATCH",
                PATH + "?action=setAccessControlRecursive",
                StorageRight.WRITE_ACCESS,
                new RecursiveAccessControl()::change)
            .reading(RecursiveAccessControl.PARAMETERS));
  }

  /** The failure in the words of this endpoint. */
  private static ApiException worded(ApiException e) {
    String[] words = WORDS.get(e.code());
    return words == null ? e : new ApiException(e.status(), words[0], words[1]);
  }

  private DfsOperations() {}
}
