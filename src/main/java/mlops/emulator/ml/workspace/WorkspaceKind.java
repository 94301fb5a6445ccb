package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlPaths;

/** What a workspace is for: jobs and models, or features. */
public final class WorkspaceKind {
  public static final String FEATURE_STORE = "FeatureStore";
  private static final String DEFAULT = "Default";

  /**
   * The kind that a PUT asks for, as Azure spells it.
   *
   * @param body whose kind has been checked to be one of these
   * @throws ApiException 400 where the workspace is there and of the other kind
   */
  static String of(String id, JsonNode body, JsonNode current) {
    String known = current.path("kind").asText(DEFAULT);
    String asked = body.path("kind").asText(known);
    String kind = asked.equalsIgnoreCase(FEATURE_STORE) ? FEATURE_STORE : DEFAULT;
    if (!current.isEmpty() && !kind.equals(known)) {
      throw ApiException.badRequest(
          "ValidationError",
          "The kind of workspace '%s' cannot change from %s to %s."
              .formatted(MlPaths.name(id), known, kind));
    }
    return kind;
  }

  /** What Azure adds to a workspace of this kind, and what it takes from none of the other. */
  static void complete(String kind, ObjectNode properties) {
    if (!kind.equals(FEATURE_STORE)) {
      properties.remove("featureStoreSettings");
      return;
    }
    ObjectNode runtime = properties.withObject("/featureStoreSettings/computeRuntime");
    if (!runtime.has("sparkRuntimeVersion")) {
      runtime.put("sparkRuntimeVersion", "3.4");
    }
  }

  /** Whether a workspace is a feature store. */
  public static boolean isFeatureStore(JsonNode workspace) {
    return workspace.path("kind").asText().equals(FEATURE_STORE);
  }

  private WorkspaceKind() {}
}
