package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.blob.store.BlobStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose files are no longer those that passed the gate does not travel. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TamperedModelTest {
  @TempDir Path folder;

  @Test
  void a_changed_file_and_a_missing_one_are_refused_and_nothing_is_registered() throws IOException {
    Site site = Site.tiny(folder.resolve("site"));
    assertEquals(0, site.run("replay", "--until", "train"), site::said);
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    BlobStore blobs = azure.blobs();
    JsonNode dev = dev(azure).path("properties");
    String container = "azureml-blobstore-" + dev.path("workspaceId").asText();
    String account = Path.of(dev.path("storageAccount").asText()).getFileName().toString();
    List<String> names =
        blobs.list(account, container, "").stream()
            .map(blob -> blob.name())
            .filter(name -> name.endsWith("/factor.txt"))
            .toList();
    assertEquals(1, names.size());

    Path flipped = Files.writeString(folder.resolve("flipped"), "3");
    blobs.put(account, container, names.get(0), flipped, false, "text/plain");
    assertEquals(3, site.run("promote", "--to", "test"), site::said);
    assertTrue(site.mlops().err().contains("ManifestMismatch: "), site::said);
    assertTrue(site.mlops().err().contains("factor.txt"), site::said);

    blobs.delete(account, container, names.get(0));
    assertEquals(3, site.run("promote", "--to", "test"), site::said);
    assertTrue(site.mlops().err().contains("EmptyDownload: "), site::said);
    assertTrue(
        azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
            .noneMatch(r -> r.path("id").asText().contains("/models/taxi-test-model")));

    assertTrue(site.mlops().err().contains("mlops train --force"), site::said);
    assertEquals(0, site.run("train", "--force"), site::said);
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    assertTrue(site.mlops().out().contains("version 2"), site::said);
  }

  private static JsonNode dev(EmbeddedAzure azure) {
    return azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().endsWith("/workspaces/ml-mlopsdemo-demo-01"))
        .findFirst()
        .orElseThrow();
  }
}
