package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  /** A manifest of nothing would match whatever else holds nothing. */
  @Test
  void a_model_without_files_is_no_model() {
    Site site = Site.tiny(folder.resolve("site"));
    assertEquals(0, site.run("replay", "--until", "train"), site::said);
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    forget(azure);
    for (int i = 0; i < 2; i++) {
      assertEquals(1, site.run("train"), site::said);
      assertTrue(site.mlops().err().contains("EmptyModel: "), site::said);
    }
    assertEquals(1, site.run("promote", "--to", "test"), site::said);
    assertEquals(3, site.run("promote", "--to", "test", "--model-version", "1"), site::said);
    assertTrue(site.mlops().err().contains("NotJudged: "), site::said);
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    assertTrue(site.mlops().json().findValue("manifest").isNull(), site::said);
  }

  /** The only version loses its files before anybody has noted where it comes from. */
  private static void forget(EmbeddedAzure azure) {
    JsonNode workspace = dev(azure).path("properties");
    String container = "azureml-blobstore-" + workspace.path("workspaceId").asText();
    String account = Path.of(workspace.path("storageAccount").asText()).getFileName().toString();
    azure.blobs().list(account, container, "").stream()
        .map(blob -> blob.name())
        .filter(name -> name.endsWith("/factor.txt"))
        .forEach(name -> azure.blobs().delete(account, container, name));
    ObjectNode version =
        azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
            .filter(r -> r.path("id").asText().endsWith("/models/taxi-model-mlops-demo/versions/1"))
            .findFirst()
            .orElseThrow();
    version.withObject("/properties").putObject("tags");
    version.withObject("/properties").putObject("properties");
    azure.state().write(version.path("id").asText(), version);
  }

  private static JsonNode dev(EmbeddedAzure azure) {
    return azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().endsWith("/workspaces/ml-mlopsdemo-demo-01"))
        .findFirst()
        .orElseThrow();
  }
}
