package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that no client should send: refused or taken, but never a failure of the service. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OddBodiesTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final List<String> ODD = List.of("1", "'x'", "[1]", "{'a':1}");

  @TempDir Path folder;

  @Test
  void a_field_of_any_type_is_no_failure_of_the_service() {
    MlCloud ml = MlCloud.in(folder);
    List<String> broken = new ArrayList<>();
    for (String path :
        List.of(
            "/computes/cluster-x",
            "/environments/e/versions/1",
            "/data/d/versions/1",
            "/models/m/versions/1",
            "/components/c/versions/1",
            "/codes/c/versions/1",
            "/models/m",
            "/datastores/d",
            "/jobs/j",
            "/batchEndpoints/end-x",
            "/batchEndpoints/end-x/deployments/d")) {
      for (String body : bodies()) {
        for (String method : List.of("PUT", "PATCH")) {
          judge(method + " " + path + " " + body, ml.send(method, WS + path, body), broken);
        }
      }
      String list = path.substring(0, path.lastIndexOf('/'));
      judge("GET " + path, ml.get(WS + path), broken);
      judge("GET " + list, ml.get(WS + list), broken);
    }
    for (String call : List.of("runs/create", "runs/log-batch", "runs/search", "runs/update")) {
      String path = MlCloud.API + "/mlflow/v1.0" + WS + "/api/2.0/mlflow/" + call;
      for (String body : bodies()) {
        judge("POST " + call + " " + body, ml.post(path, body), broken);
      }
    }
    assertTrue(broken.isEmpty(), broken::toString);
  }

  /** What was asked for is done, or a refusal says what is wrong. */
  private static void judge(String asked, Answer answer, List<String> broken) {
    int status = answer.status();
    boolean done = status == 200 || status == 201;
    boolean refused = (status >= 400 && status < 500) || status == 501;
    boolean told = !answer.code().isEmpty() && !answer.text("/error/message").isEmpty();
    if (!done && !(refused && told)) {
      broken.add(asked + " → " + status + " " + answer.json());
    }
  }

  @Test
  void a_name_that_is_a_path_is_refused() {
    MlCloud ml = MlCloud.in(folder);
    String job = "{'properties':{'jobType':'Pipeline','jobs':{'a':{'%s':{'%s':{}}}}}}";
    for (String name : List.of("../x", "/x", "a.b", "1a", "..", "")) {
      for (String part : List.of("inputs", "outputs")) {
        Answer answer = ml.send("PUT", WS + "/jobs/named", job.formatted(part, name));
        assertEquals(400, answer.status());
        String told = answer.json().at("/error/message").asText();
        assertTrue(told.contains("'" + name + "' among the " + part), told);
      }
    }
  }

  private static List<String> bodies() {
    List<String> bodies = new ArrayList<>(List.of("{}", "[]", "1", "nonsense"));
    for (String value : ODD) {
      bodies.add("{'properties':%s}".formatted(value));
      bodies.add("{'location':%s,'tags':%s,'identity':%s}".formatted(value, value, value));
      for (String field :
          List.of(
              "tags",
              "properties",
              "jobs",
              "inputs",
              "outputs",
              "settings",
              "defaults",
              "model",
              "componentSpec",
              "retrySettings",
              "credentials",
              "scaleSettings")) {
        bodies.add(
            "{'properties':{'jobType':'Pipeline','computeType':'AmlCompute','datastoreType':'AzureBlob','image':'i','modelUri':'u','codeUri':'u','dataUri':'u','dataType':'uri_file','%s':%s}}"
                .formatted(field, value));
      }
      bodies.add(
          "{'run_id':%s,'metrics':%s,'params':%s,'tags':%s}".formatted(value, value, value, value));
      bodies.add(
          "{'experiment_ids':%s,'filter':%s,'order_by':%s,'page_token':%s}"
              .formatted(value, value, value, value));
    }
    return bodies;
  }
}
