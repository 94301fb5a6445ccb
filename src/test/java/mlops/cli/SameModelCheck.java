package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.blob.store.Blob;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data and seed give the same bytes, wherever and whenever a model is trained. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SameModelCheck {
  @TempDir Path folder;

  @Test
  void two_trainings_in_two_places_write_the_same_model_metrics_and_predictions() {
    Map<String, String> one = trained(folder.resolve("one"));
    Map<String, String> other = trained(folder.resolve("ein anderer Ort"));
    assertTrue(one.keySet().stream().anyMatch(name -> name.endsWith("/model.pkl")), one::toString);
    assertTrue(one.keySet().stream().anyMatch(name -> name.endsWith("/predictions.csv")));
    assertTrue(one.keySet().stream().anyMatch(name -> name.endsWith("/metrics.json")));
    assertEquals(one, other);
  }

  /** The content of each file that the jobs wrote, by output and name. */
  private static Map<String, String> trained(Path place) {
    Site site = Site.sample(place);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("train", "--set", "inputs.n_estimators=60"), site::said);
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    JsonNode dev =
        azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
            .filter(r -> r.path("id").asText().endsWith("/workspaces/ml-mlopsdemo-demo-01"))
            .findFirst()
            .orElseThrow()
            .path("properties");
    String account = Path.of(dev.path("storageAccount").asText()).getFileName().toString();
    String container = "azureml-blobstore-" + dev.path("workspaceId").asText();
    Map<String, String> files = new TreeMap<>();
    for (Blob blob : azure.blobs().list(account, container, "azureml/")) {
      files.put(blob.name().replaceFirst("azureml/[^/]+/", ""), content(blob));
    }
    return files;
  }

  private static String content(Blob blob) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(blob.content()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
