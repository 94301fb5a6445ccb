package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.blob.store.Blob;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an uploaded file is, its name tells in capital letters too. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UploadedTypesTest {
  @TempDir Path folder;

  @Test
  void the_end_of_a_name_tells_the_type_whatever_its_letters() throws Exception {
    Site site = Site.sample(folder);
    Files.move(site.path("data/taxi-batch.csv"), site.path("data/taxi-batch.CSV"));
    site.change("mlops.yml", "data/taxi-batch.csv", "data/taxi-batch.CSV");
    assertEquals(0, site.run("bootstrap"), site::said);
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    Blob uploaded =
        azure.blobs().list("stgaccmlops2demodemo", "mlopsdemotest", "").stream()
            .filter(blob -> blob.name().endsWith(".CSV"))
            .findFirst()
            .orElseThrow();
    assertEquals("text/csv", uploaded.contentType());
  }
}
