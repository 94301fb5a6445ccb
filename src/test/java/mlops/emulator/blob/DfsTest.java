package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.file.datalake.DataLakeDirectoryClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.models.ListPathsOptions;
import com.azure.storage.file.datalake.models.PathAccessControl;
import com.azure.storage.file.datalake.models.PathItem;
import com.azure.storage.file.datalake.models.PathPermissions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories through the real Data Lake SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DfsTest {
  @TempDir Path folder;
  private StorageRig storage;
  private DataLakeServiceClient service;
  private DataLakeFileSystemClient files;

  @BeforeEach
  void make_a_filesystem() {
    storage = StorageRig.in(folder);
    service = storage.dataLakeWithKey();
    files = service.createFileSystem("files");
  }

  private static void refused(int status, String code, Executable call) {
    DataLakeStorageException e = assertThrows(DataLakeStorageException.class, call);
    assertEquals(status + " " + code, e.getStatusCode() + " " + e.getErrorCode());
  }

  private void put(String name, String text) {
    files.getFileClient(name).upload(BinaryData.fromString(text), true);
  }

  private String text(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.getFileClient(name).read(out);
    return out.toString(UTF_8);
  }

  private List<String> names(boolean recursive, String path) {
    return files
        .listPaths(new ListPathsOptions().setRecursive(recursive).setPath(path), null)
        .stream()
        .map(PathItem::getName)
        .toList();
  }

  @Test
  void a_file_is_appended_to_flushed_and_read() {
    DataLakeFileClient file = files.createFile("a/b/file.txt");
    file.append(BinaryData.fromString("hello "), 0);
    file.append(BinaryData.fromString("world"), 6);
    assertEquals(0, file.getProperties().getFileSize(), "nothing counts before the flush");
    refused(400, "InvalidFlushPosition", () -> file.flush(12, true));
    file.flush(11, true);
    assertEquals("hello world", text("a/b/file.txt"));
    file.append(BinaryData.fromString("!"), 11);
    file.flush(12, true);
    assertEquals("hello world!", text("a/b/file.txt"));
    assertTrue(files.getDirectoryClient("a/b").exists(), "parents are made");
    file.delete();
    assertFalse(file.exists());
  }

  @Test
  void a_large_file_goes_up_in_parallel_parts() {
    byte[] bytes = new byte[3_000_001];
    new Random(3).nextBytes(bytes);
    DataLakeFileClient file = files.getFileClient("large");
    file.uploadWithResponse(
        new com.azure.storage.file.datalake.options.FileParallelUploadOptions(
                new ByteArrayInputStream(bytes))
            .setParallelTransferOptions(
                new com.azure.storage.common.ParallelTransferOptions()
                    .setBlockSizeLong(500_000L)
                    .setMaxSingleUploadSizeLong(500_000L)),
        null,
        null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.read(out);
    assertEquals(java.util.Arrays.hashCode(bytes), java.util.Arrays.hashCode(out.toByteArray()));
  }

  @Test
  void paths_are_listed_one_level_or_all() {
    put("d/one", "1");
    put("d/e/two", "2");
    put("top", "3");
    assertEquals(List.of("d", "top"), names(false, ""));
    assertEquals(List.of("d/e", "d/one"), names(false, "d"));
    assertEquals(List.of("d", "d/e", "d/e/two", "d/one", "top"), names(true, ""));
    refused(404, "PathNotFound", () -> names(true, "missing"));
    List<Boolean> directories = files.listPaths().stream().map(PathItem::isDirectory).toList();
    assertEquals(List.of(true, false), directories);
    ListPathsOptions one = new ListPathsOptions().setRecursive(true).setMaxResults(1);
    assertEquals(5, files.listPaths(one, null).streamByPage().count());
  }

  @Test
  void a_directory_is_renamed_with_all_that_is_in_it() {
    put("from/a/1", "1");
    put("from/2", "2");
    DataLakeDirectoryClient from = files.getDirectoryClient("from");
    refused(404, "RenameDestinationParentPathNotFound", () -> from.rename("files", "no/where"));
    from.rename("files", "to");
    assertEquals(List.of("to", "to/2", "to/a", "to/a/1"), names(true, ""));
    assertEquals("1", text("to/a/1"));
    refused(404, "SourcePathNotFound", () -> from.rename("files", "again"));
    put("file", "x");
    files.getFileClient("file").rename("files", "to/2");
    assertEquals("x", text("to/2"));
    StorageRig other = storage;
    assertEquals(2, other.store().list("deep", "files", "to").size());
  }

  @Test
  void a_directory_that_holds_something_is_deleted_only_when_asked_to() {
    put("d/e/file", "1");
    DataLakeDirectoryClient directory = files.getDirectoryClient("d");
    refused(409, "DirectoryNotEmpty", directory::delete);
    directory.deleteWithResponse(true, null, null, null);
    assertEquals(List.of(), names(true, ""));
    refused(404, "PathNotFound", directory::delete);
  }

  @Test
  void slashes_that_name_nothing_are_no_names() {
    files.createDirectory("a/b/");
    put("/a//b/c", "1");
    assertEquals(List.of("a", "a/b", "a/b/c"), names(true, ""));
    assertEquals("1", text("a/b/c"));
    assertEquals(
        "0750", files.getDirectoryClient("/").getAccessControl().getPermissions().toString());
  }

  @Test
  void owner_and_permissions_are_kept() {
    DataLakeFileClient file = files.createFile("f");
    PathAccessControl control = file.getAccessControl();
    assertEquals("$superuser", control.getOwner());
    assertEquals("0640", control.getPermissions().toString());
    file.setPermissions(PathPermissions.parseSymbolic("rwxr-xr--"), "g", "o");
    assertEquals("o", file.getAccessControl().getOwner());
    assertEquals("0754", file.getAccessControl().getPermissions().toString());
    assertEquals("0750", files.createDirectory("d").getAccessControl().getPermissions().toString());
  }

  @Test
  void filesystems_and_metadata_are_listed_and_kept() {
    files.setMetadata(Map.of("k", "v"));
    assertEquals("v", files.getProperties().getMetadata().get("k"));
    DataLakeFileClient file = files.createFile("f");
    file.setMetadata(Map.of("a", "b"));
    assertEquals("b", file.getProperties().getMetadata().get("a"));
    assertEquals(1, service.listFileSystems().stream().count());
    refused(409, "PathAlreadyExists", () -> files.createFile("f", false));
    service.deleteFileSystem("files");
    refused(404, "FilesystemNotFound", () -> files.createFile("g"));
  }
}
