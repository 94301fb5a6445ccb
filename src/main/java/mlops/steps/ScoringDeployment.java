package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * The deployment that scores, as Azure has it: it may differ from its file.
 *
 * @param properties those of its REST body
 */
public record ScoringDeployment(String name, JsonNode properties) {
  /** The tag of an endpoint that names the deployment before the one that serves. */
  public static final String PREVIOUS = "mlops.previous";

  /** The tag that names the one that mlops let serve: somebody else may have chosen another. */
  public static final String SERVES = "mlops.serves";

  /** The name of the one that an endpoint sends to; empty where there is none. */
  public static String servingAt(JsonNode endpoint) {
    return endpoint.at("/properties/defaults/deploymentName").asText("");
  }

  /** The name of the one that served before; empty where none did. */
  public static String beforeAt(JsonNode endpoint) {
    return endpoint.path("tags").path(PREVIOUS).asText("");
  }

  /** The name of the file that the predictions are appended to. */
  public String fileName() {
    return properties.path("outputFileName").asText("predictions.csv");
  }

  /** Whether the rows that the script gives are kept; else only the script itself writes files. */
  public boolean keepsRows() {
    String action = properties.path("outputAction").asText("").toLowerCase(Locale.ROOT);
    return !action.replace("_", "").equals("summaryonly");
  }

  /** What decides its predictions, as text. */
  public String content() {
    return String.join(
        "\n",
        name,
        properties.path("model").toString(),
        properties.path("codeConfiguration").toString(),
        properties.path("environmentId").toString(),
        properties.path("environmentVariables").toString(),
        properties.path("errorThreshold").toString(),
        properties.path("retrySettings").toString(),
        properties.path("miniBatchSize").toString(),
        properties.path("outputAction").toString(),
        fileName());
  }
}
