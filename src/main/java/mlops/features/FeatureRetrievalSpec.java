package mlops.features;

import java.util.List;
import mlops.features.join.JoinRequest.RequestedFeature;

/**
 * The {@code feature_retrieval_spec.yaml} of Azure: which features training data holds, so that the
 * same can be had for scoring.
 *
 * @param uri of the feature store: {@code azureml://subscriptions/…/workspaces/fs}
 */
public record FeatureRetrievalSpec(String uri, String location, List<RequestedFeature> features) {
  /** The name that Azure gives it. */
  public static final String FILE = "feature_retrieval_spec.yaml";

  public FeatureRetrievalSpec {
    features = List.copyOf(features);
  }

  /** The text of the file, in the form of Azure's own. */
  public String text() {
    StringBuilder text = new StringBuilder("feature_stores:\n- features:\n");
    for (RequestedFeature feature : features) {
      text.append("  - feature_name: ").append(quoted(feature.name())).append('\n');
      text.append("    feature_set: ").append(quoted(feature.source().id())).append('\n');
    }
    return text.append("  location: ")
        .append(quoted(location))
        .append("\n  uri: ")
        .append(quoted(uri))
        .append(
            """

              # Azure's reader asks for this key and not for its value, which a store has once it exists.
              workspace_id: 00000000-0000-0000-0000-000000000000
            serialization_version: 2
            """)
        .toString();
  }

  /** A text as YAML reads it back, whatever it holds. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9_.:/-]*[A-Za-z0-9_]")
            && !text.matches("(?i)yes|no|on|off|true|false|null")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
