package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakePathClient;
import com.azure.storage.file.datalake.models.AccessControlChangeResult;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControlEntry;
import com.azure.storage.file.datalake.models.PathPermissions;
import com.azure.storage.file.datalake.models.PathRemoveAccessControlEntry;
import com.azure.storage.file.datalake.options.PathSetAccessControlRecursiveOptions;
import com.azure.storage.file.datalake.options.PathUpdateAccessControlRecursiveOptions;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Access control lists: set, handed down, changed in whole trees, and what they allow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class AccessControlListsTest {
  private static final String ME = StorageRig.USER;
  private static final String PLAIN = "user::rwx,group::r-x,other::---";

  @TempDir Path folder;
  private StorageRig storage;

  /** As the superuser, and as a user without any role on data. */
  private DataLakeFileSystemClient lake;

  private DataLakeFileSystemClient mine;

  @BeforeEach
  void make_a_filesystem() {
    storage = StorageRig.in(folder);
    lake = storage.dataLakeWithKey().createFileSystem("lake");
    mine =
        storage
            .dataLake()
            .credential(storage.cloud().credential())
            .buildClient()
            .getFileSystemClient("lake");
    file("folder/sub/file");
  }

  private DataLakeFileClient file(String path) {
    DataLakeFileClient file = lake.getFileClient(path);
    file.upload(BinaryData.fromString("text"), true);
    return file;
  }

  private static void set(DataLakePathClient path, String list) {
    path.setAccessControlList(PathAccessControlEntry.parseList(list), null, null);
  }

  private static String list(DataLakePathClient path) {
    return PathAccessControlEntry.serializeList(path.getAccessControl().getAccessControlList());
  }

  private void lets(String path, String permissions) {
    DataLakePathClient client = path.isEmpty() ? root() : lake.getDirectoryClient(path);
    set(client, PLAIN + ",user:" + ME + ":" + permissions);
  }

  private DataLakeDirectoryClient root() {
    return lake.getDirectoryClient("/");
  }

  private static void denied(Executable call) {
    DataLakeStorageException e = assertThrows(DataLakeStorageException.class, call);
    assertEquals("403 AuthorizationPermissionMismatch", e.getStatusCode() + " " + e.getErrorCode());
  }

  private String read(String path) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      mine.getFileClient(path).read(out);
      return out.toString(UTF_8);
    } catch (DataLakeStorageException e) {
      return e.getStatusCode() + " " + e.getErrorCode();
    }
  }

  @Test
  void a_list_gets_a_mask_and_shows_in_the_permissions() {
    lets("folder", "rw-");
    assertEquals(
        "user::rwx,user:" + ME + ":rw-,group::r-x,mask::rwx,other::---",
        list(lake.getDirectoryClient("folder")));
    var access = lake.getDirectoryClient("folder").getAccessControl();
    assertEquals("0770", access.getPermissions().toString());
    lake.getDirectoryClient("folder")
        .setPermissions(PathPermissions.parseSymbolic("rwxr-x--t"), null, null);
    assertTrue(list(lake.getDirectoryClient("folder")).contains("mask::r-x"));
    set(root(), PLAIN + ",default:user:" + ME + ":r-x");
    assertTrue(list(root()).endsWith("default:mask::r-x,default:other::---"), list(root()));
    DataLakeStorageException wrong =
        assertThrows(
            DataLakeStorageException.class,
            () -> set(lake.getFileClient("folder/sub/file"), PLAIN + ",default:user::rwx"));
    assertEquals("InvalidHeaderValue", wrong.getErrorCode());
  }

  @Test
  void children_get_what_the_directory_hands_down() {
    set(lake.getDirectoryClient("folder"), PLAIN + ",default:user:" + ME + ":r-x");
    assertEquals(
        "user::rw-,user:" + ME + ":r-x,group::r-x,mask::r--,other::---", list(file("folder/new")));
    file("folder/deeper/new");
    String deeper = list(lake.getDirectoryClient("folder/deeper"));
    assertTrue(deeper.startsWith("user::rwx,user:" + ME + ":r-x,group::r-x,mask::r-x"), deeper);
    assertTrue(deeper.contains("default:user:" + ME + ":r-x"), deeper);
    storage.container("deep", "lake").getBlobClient("folder/b").upload(BinaryData.fromString("b"));
    assertTrue(list(lake.getFileClient("folder/b")).contains(ME), "by the blob endpoint too");
    assertEquals("user::rw-,group::r--,other::---", list(file("plain")));
  }

  @Test
  void whoever_may_go_through_all_directories_and_read_the_file_reads_it() {
    DataLakeFileClient file = mine.getFileClient("folder/sub/file");
    denied(() -> file.getProperties());
    for (String directory : List.of("", "folder", "folder/sub")) {
      denied(() -> file.getProperties());
      lets(directory, "--x");
    }
    file.getProperties();
    assertEquals("403 AuthorizationPermissionMismatch", read("folder/sub/file"));
    set(
        lake.getFileClient("folder/sub/file"),
        "user::rw-,group::---,other::---,user:" + ME + ":r--");
    assertEquals("text", read("folder/sub/file"));
    denied(() -> file.setMetadata(Map.of("a", "b")));
    denied(() -> set(file, PLAIN));
    denied(() -> mine.listPaths().stream().count());
    lets("", "r-x");
    assertEquals(1, mine.listPaths().stream().count());
    denied(() -> mine.listPaths(new ListPathsOptions().setRecursive(true), null).stream().count());
  }

  @Test
  void what_a_group_may_do_is_done_by_who_is_in_it() {
    String group = groupWithMe();
    set(root(), PLAIN + ",group:" + group + ":r-x");
    assertEquals(1, mine.listPaths().stream().count());
    denied(() -> mine.getFileClient("new").create());
  }

  private String groupWithMe() {
    String graph = "https://graph.microsoft.com/v1.0/";
    String made =
        storage
            .cloud()
            .send(
                "POST",
                graph + "groups",
                "{\"displayName\":\"readers\",\"mailEnabled\":false,\"mailNickname\":\"readers\",\"securityEnabled\":true}")
            .json()
            .path("id")
            .asText();
    storage
        .cloud()
        .send(
            "POST",
            graph + "groups/" + made + "/members/$ref",
            "{\"@odata.id\":\"" + graph + "directoryObjects/" + ME + "\"}");
    return made;
  }

  @Test
  void whoever_may_write_a_directory_makes_and_deletes_what_is_in_it() {
    lets("", "--x");
    lets("folder", "--x");
    DataLakeFileClient made = mine.getFileClient("folder/mine");
    denied(made::create);
    lets("folder", "-wx");
    made.create();
    assertEquals(ME, made.getAccessControl().getOwner());
    set(made, PLAIN); // an owner changes what is his
    denied(() -> made.setPermissions(PathPermissions.parseSymbolic("rwxr-x---"), null, ME + "0"));
    made.rename(null, "folder/renamed");
    mine.getFileClient("folder/renamed").delete();
  }

  @Test
  void a_sticky_directory_keeps_what_is_of_others() {
    lets("", "--x");
    lets("folder", "rwx");
    lake.getDirectoryClient("folder")
        .setPermissions(PathPermissions.parseSymbolic("rwxrwx--t"), null, null);
    file("folder/theirs");
    denied(() -> mine.getFileClient("folder/theirs").delete());
    mine.getFileClient("folder/mine").create();
    mine.getFileClient("folder/mine").delete();
  }

  @Test
  void a_tree_is_set_updated_and_freed_in_batches() {
    DataLakeDirectoryClient top = lake.getDirectoryClient("folder");
    AccessControlChangeResult set =
        top.setAccessControlRecursiveWithResponse(
                new PathSetAccessControlRecursiveOptions(
                        PathAccessControlEntry.parseList(PLAIN + ",default:user:" + ME + ":r-x"))
                    .setBatchSize(1),
                null,
                Context.NONE)
            .getValue();
    assertEquals(2, set.getCounters().getChangedDirectoriesCount());
    assertEquals(1, set.getCounters().getChangedFilesCount());
    assertEquals(PLAIN, list(lake.getFileClient("folder/sub/file")));
    root()
        .updateAccessControlRecursive(
            PathAccessControlEntry.parseList("user:" + ME + ":rwx,default:user:" + ME + ":rwx"));
    assertTrue(list(root()).contains("user:" + ME + ":rwx"));
    assertEquals("text", read("folder/sub/file"));
    top.removeAccessControlRecursive(
        PathRemoveAccessControlEntry.parseList("user:" + ME + ",default:user:" + ME));
    assertEquals(PLAIN, list(lake.getFileClient("folder/sub/file")));
  }

  @Test
  void what_is_of_others_fails_by_name_in_a_tree() {
    root().updateAccessControlRecursive(PathAccessControlEntry.parseList("user:" + ME + ":rwx"));
    lake.getDirectoryClient("folder")
        .setPermissions(PathPermissions.parseSymbolic("rwxr-x---"), null, ME);
    AccessControlChangeResult result =
        mine.getDirectoryClient("folder")
            .updateAccessControlRecursiveWithResponse(
                new PathUpdateAccessControlRecursiveOptions(
                        PathAccessControlEntry.parseList("user:" + ME + ":rwx"))
                    .setContinueOnFailure(true),
                null,
                Context.NONE)
            .getValue();
    assertEquals(1, result.getCounters().getChangedDirectoriesCount());
    assertEquals(2, result.getCounters().getFailedChangesCount());
    assertEquals("folder/sub", result.getBatchFailures().get(0).getName());
  }
}
