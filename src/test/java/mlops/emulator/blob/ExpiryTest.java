package mlops.emulator.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.azure.core.util.BinaryData;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.DataLakeFileSystemClient;
import com.azure.storage.file.datalake.models.FileExpirationOffset;
import com.azure.storage.file.datalake.options.FileScheduleDeletionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that go by themselves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ExpiryTest {
  private final OffsetDateTime tomorrow =
      OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path folder;
  private StorageRig storage;
  private DataLakeFileSystemClient lake;
  private DataLakeFileClient file;

  @BeforeEach
  void make_a_file() {
    storage = StorageRig.in(folder);
    lake = storage.dataLakeWithKey().createFileSystem("lake");
    file = lake.getFileClient("folder/file");
    file.upload(BinaryData.fromString("text"));
  }

  @Test
  void a_time_is_shown_and_taken_back() {
    file.scheduleDeletion(new FileScheduleDeletionOptions(tomorrow));
    assertEquals(tomorrow.toInstant(), file.getProperties().getExpiresOn().toInstant());
    assertEquals(
        tomorrow.toInstant(),
        lake.getDirectoryClient("folder")
            .listPaths()
            .iterator()
            .next()
            .getExpiryTime()
            .toInstant());
    file.setMetadata(null);
    assertEquals(tomorrow.toInstant(), file.getProperties().getExpiresOn().toInstant());
    file.scheduleDeletion(new FileScheduleDeletionOptions());
    assertNull(file.getProperties().getExpiresOn());
  }

  @Test
  void a_file_whose_time_is_over_is_gone_for_everybody() {
    file.scheduleDeletion(
        new FileScheduleDeletionOptions(Duration.ofMillis(1), FileExpirationOffset.NOW));
    assertFalse(file.exists());
    assertEquals(0, lake.getDirectoryClient("folder").listPaths().stream().count());
    assertFalse(
        StorageRig.in(folder).container("deep", "lake").getBlobClient("folder/file").exists());
    file.upload(BinaryData.fromString("new"));
    assertEquals(3, file.getProperties().getFileSize());
  }
}
