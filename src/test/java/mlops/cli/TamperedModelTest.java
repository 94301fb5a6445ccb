package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    String container = container(dev(azure));
    String account = account(dev(azure));
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
    forceReadsAgain(site, azure);
  }

  /** What is registered was proven once; --force brings its files again, and looks at each. */
  private void forceReadsAgain(Site site, EmbeddedAzure azure) throws IOException {
    JsonNode test = workspace(azure, "ml-mlopsdemo-demo-02");
    assertTrue(change(azure, test) > 0);
    assertEquals(4, site.run("drift"), site::said);
    assertTrue(site.said().contains("version 1: factor.txt has other content"), site::said);
    assertTrue(site.said().contains("To fix it: mlops promote --to test --force"), site::said);
    assertEquals(0, site.run("promote", "--to", "test", "--force", "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("model.test"), site::said);
    assertEquals(0, site.run("drift"), site::said);
    assertTrue(change(azure, workspace(azure, "ml-mlopsdemo-demo-01")) > 0);
    assertEquals(3, site.run("promote", "--to", "test", "--force"), site::said);
    assertTrue(site.mlops().err().contains("ManifestMismatch: "), site::said);
    assertTrue(site.mlops().err().contains("factor.txt has other content"), site::said);
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
    String container = container(dev(azure));
    String account = account(dev(azure));
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

  /** Changes the files of all models of a workspace, and says how many those are. */
  private int change(EmbeddedAzure azure, JsonNode workspace) throws IOException {
    String container = container(workspace);
    String account = account(workspace);
    Path other = Files.writeString(folder.resolve("other"), "42");
    List<String> names =
        azure.blobs().list(account, container, "").stream()
            .map(blob -> blob.name())
            .filter(name -> name.endsWith("/factor.txt"))
            .toList();
    for (String name : names) {
      azure.blobs().put(account, container, name, other, false, "text/plain");
    }
    return names.size();
  }

  private static String container(JsonNode workspace) {
    return "azureml-blobstore-" + workspace.at("/properties/workspaceId").asText();
  }

  private static String account(JsonNode workspace) {
    Path id = Path.of(workspace.at("/properties/storageAccount").asText());
    return String.valueOf(id.getFileName());
  }

  private static JsonNode dev(EmbeddedAzure azure) {
    return workspace(azure, "ml-mlopsdemo-demo-01");
  }

  private static JsonNode workspace(EmbeddedAzure azure, String name) {
    return azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().endsWith("/workspaces/" + name))
        .findFirst()
        .orElseThrow();
  }
}
