package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is shared once, whatever happens meanwhile, and only by those who may. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedOnceTest {
  private static final String[] PROMOTE = {"promote", "--to", "test", "--via", "registry"};
  private static final String ML =
      EmbeddedCloud.SUBSCRIPTION
          + "/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/";
  private static final String REGISTRY = ML + "registries/reg-mlopsdemo-demo";
  private static final String WORKSPACE = ML + "workspaces/ml-mlopsdemo-demo-0";

  @TempDir Path folder;

  @Test
  void a_lost_answer_is_settled_by_looking_and_a_cut_off_import_by_the_next_run() {
    Site site = trained(folder.resolve("lost"));
    AtomicInteger imports = new AtomicInteger();
    site.mlops().through(ChangedTransport.by((inner, asked) -> lost(inner, asked, imports)));
    assertEquals(0, site.run(PROMOTE), site::said);
    assertTrue(site.said().contains("azureml://registries/reg-mlopsdemo-demo/models/"), site::said);
    assertEquals(1, imports.get());

    Site other = trained(folder.resolve("cut"));
    AtomicInteger seen = new AtomicInteger();
    other.mlops().through(ChangedTransport.by((inner, asked) -> cut(inner, asked, seen)));
    assertEquals(1, other.run(PROMOTE), other::said);
    assertEquals(1, seen.get());
    AtomicInteger again = new AtomicInteger();
    other.mlops().through(ChangedTransport.by((inner, asked) -> counted(inner, asked, again)));
    assertEquals(0, other.run(PROMOTE), other::said);
    assertEquals(0, again.get(), other::said);
    assertEquals(1, shared(other).count());
  }

  @Test
  void who_may_only_read_the_registry_is_told_what_he_lacks_and_promotes_to_later_targets() {
    Site site = trained(folder);
    String profile = site.path("mlops.yml").toString();
    String state = site.state().toString();
    Colleague reader =
        Colleague.holding(
            Map.of(
                WORKSPACE + "1",
                Colleague.CONTRIBUTOR,
                WORKSPACE + "2",
                Colleague.CONTRIBUTOR,
                REGISTRY,
                Colleague.READER),
            site.state());
    JsonNode denied =
        reader.denied(
            "promote", "--to", "test", "--via", "registry", "--profile", profile, "--state", state);
    assertTrue(
        denied.toString().contains("Microsoft.MachineLearningServices/registries/assets/write"),
        denied::toPrettyString);
    assertTrue(denied.toString().contains(REGISTRY), denied::toPrettyString);

    assertEquals(0, site.run(PROMOTE), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    Colleague deployer =
        Colleague.holding(
            Map.of(
                WORKSPACE + "2",
                Colleague.READER,
                WORKSPACE + "3",
                Colleague.CONTRIBUTOR,
                REGISTRY,
                Colleague.READER),
            folder.resolve(".mlops"));
    JsonNode done =
        deployer.run(
            0,
            "promote",
            "--to",
            "prod",
            "--via",
            "registry",
            "--profile",
            profile,
            "--state",
            state);
    assertEquals("taxi-model-mlops-demo", done.at("/result/model").asText(), done::toPrettyString);
  }

  static Site trained(Path folder) {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("replay", "--via", "registry", "--until", "train"), site::said);
    return site;
  }

  private static boolean isImport(HttpRequest asked) {
    return asked.getUrl().getPath().endsWith("/import");
  }

  /** The import takes effect, and its answer does not arrive. */
  private static HttpResponse lost(HttpClient inner, HttpRequest asked, AtomicInteger imports) {
    HttpResponse answer = counted(inner, asked, imports);
    if (isImport(asked)) {
      answer.close();
      throw new UncheckedIOException(new IOException("Connection reset"));
    }
    return answer;
  }

  /** The command dies between the import and the first look at it. */
  private static HttpResponse cut(HttpClient inner, HttpRequest asked, AtomicInteger imports) {
    if (imports.get() > 0) {
      throw MlopsException.failed("CutOff", "cut off", "");
    }
    return counted(inner, asked, imports);
  }

  private static HttpResponse counted(HttpClient inner, HttpRequest asked, AtomicInteger imports) {
    imports.addAndGet(isImport(asked) ? 1 : 0);
    return inner.sendSync(asked, Context.NONE);
  }

  static Stream<String> shared(Site site) {
    List<String> ids =
        EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults())
            .state()
            .walk(EmbeddedCloud.SUBSCRIPTION)
            .stream()
            .map(r -> r.path("id").asText())
            .toList();
    return ids.stream().filter(id -> id.matches(".*/registries/.*/models/.*/versions/.*"));
  }
}
