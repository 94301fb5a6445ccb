package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A note that a deployment was taken out of service by a rollback: a tag of its endpoint, written
 * in the same request that changes the default, and holds until a newer version comes or somebody
 * lets this one serve again.
 *
 * @param modelVersion the version of the model in its workspace
 * @param at when, an instant in ISO 8601
 * @param by who, as people know him
 */
public record RollbackTag(String deployment, String modelVersion, String at, String by) {
  private static final String TAG = "mlops.rolled_back.";
  private static final Pattern VALUE = Pattern.compile("version (\\S+) at (\\S+) by (.*)");

  /** Those of an endpoint, but for the deployment that serves again. */
  public static List<RollbackTag> of(ObjectNode endpoint) {
    String serves = endpoint.path("properties").path("defaults").path("deploymentName").asText();
    List<RollbackTag> found = new ArrayList<>();
    for (var tag : endpoint.path("tags").properties()) {
      Matcher value = VALUE.matcher(tag.getValue().asText());
      String deployment = tag.getKey().replace(TAG, "");
      if (tag.getKey().startsWith(TAG) && value.matches() && !deployment.equals(serves)) {
        found.add(new RollbackTag(deployment, value.group(1), value.group(2), value.group(3)));
      }
    }
    return found;
  }

  /** The same of a deployment that is about to be taken out of service. */
  public static RollbackTag now(ObjectNode deployment, String at, String by) {
    JsonNode model = deployment.path("properties").path("model").path("assetId");
    String version = model.asText().replaceFirst(".*/", "");
    return new RollbackTag(deployment.path("name").asText(), version, at, by);
  }

  /** Writes it into the tags of the endpoint. */
  public void putInto(ObjectNode tags) {
    tags.put(TAG + deployment, "version %s at %s by %s".formatted(modelVersion, at, by));
  }

  /** Takes it out of the tags of an endpoint: the deployment serves again. */
  public static void removeFrom(ObjectNode tags, String deployment) {
    tags.remove(TAG + deployment);
  }

  /** {@code by x@y at 2026-11-01T00:00:00Z}. */
  public String words() {
    return "by %s at %s".formatted(by, at);
  }
}
