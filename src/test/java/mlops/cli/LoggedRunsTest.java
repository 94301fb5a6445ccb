package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.MlflowCall;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs log by MLflow is in what train prints, and in the report with their images. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoggedRunsTest {
  private static final String LOG =
      MlflowCall.PYTHON
          + """
          os.makedirs("outputs", exist_ok=True)
          with open("outputs/roc <curve>.png", "wb") as image:
              image.write(b"pixels")
          mlflow("log-batch",
                 metrics=[{"key": "accuracy", "value": 0.875, "timestamp": 1, "step": 0},
                          {"key": "rate", "value": 0.00002, "timestamp": 1, "step": 0},
                          {"key": "loss", "value": "NaN", "timestamp": 1, "step": 0}],
                 params=[{"key": "alpha", "value": "<0.5>"}])
          """;

  @TempDir Path folder;

  @Test
  void they_are_in_the_table_in_json_and_in_the_report() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    site.write("dev/src/judge.py", LOG + site.read("dev/src/judge.py"));
    assertEquals(0, site.run("train"), site::said);
    String table =
        """
        logged by judge
          accuracy       0.8750
          loss              NaN
          rate        2.000e-05
          with alpha <0.5>
        """;
    assertTrue(site.mlops().out().contains(table), site::said);
    assertEquals(0, site.run("train", "-o", "json"), site::said);
    JsonNode logged = site.mlops().json().at("/result/logged");
    assertEquals(1, logged.size(), site::said);
    assertEquals("judge", logged.at("/0/name").asText());
    assertEquals(0.875, logged.at("/0/metrics/accuracy").asDouble());
    assertEquals("NaN", logged.at("/0/metrics/loss").asText());
    assertEquals("<0.5>", logged.at("/0/parameters/alpha").asText());
    assertEquals(0, site.run("report"), site::said);
    String page = site.read("report.html");
    assertTrue(page.contains("accuracy 0.875000<br>loss NaN<br>rate 2.00000e-05"), page);
    assertTrue(page.contains("alpha &lt;0.5&gt;"), page);
    assertTrue(page.contains("<h3>judge: outputs/roc &lt;curve&gt;.png</h3>"), page);
    assertTrue(page.contains("src=\"data:image/png;base64,cGl4ZWxz\""), page);
    assertFalse(page.contains("{{"), page);
  }

  @Test
  void a_job_of_another_file_shows_what_it_logged_where_there_is_no_gate() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    site.write("other/log.py", LOG);
    site.write(
        "other.yml",
        """
        type: command
        code: other
        command: python log.py
        environment: azureml:taxi-train-env-demo-mlops@latest
        compute: azureml:mlopsdemo-cluster-dev
        display_name: by hand
        """);
    String file = site.path("other.yml").toString();
    assertEquals(0, site.run("train", "--file", file), site::said);
    assertTrue(site.mlops().out().contains("logged by by hand\n  accuracy"), site::said);
  }
}
