package mlops.features.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * What a {@code feature_retrieval_spec.yaml} asks for.
 *
 * @param features in the order in which they come out
 */
public record RetrievalList(List<Feature> features) {
  /** The name that Azure looks for. */
  public static final String FILE = "feature_retrieval_spec.yaml";

  private static final Pattern STORE =
      Pattern.compile(
          "azureml://subscriptions/([^/]+)/resourcegroups/([^/]+)/(?:providers/[^/]+/)?workspaces/([^/]+)/?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SET = Pattern.compile("([^:/]+):([^:/]+)");

  public RetrievalList {
    features = List.copyOf(features);
  }

  /**
   * One feature.
   *
   * @param store the ARM id of its store
   */
  public record Feature(String store, String set, String version, String name) {
    /** The ARM id of the version of its set. */
    public String setId() {
      return "%s/featuresets/%s/versions/%s".formatted(store, set, version);
    }

    /** {@code zone_hourly:1}. */
    public String label() {
      return set + ":" + version;
    }
  }

  /**
   * Reads a text.
   *
   * @param file where it is said to be
   * @param mistakes all that is wrong goes here, with its place
   */
  public static RetrievalList parse(Path file, String text, Mistakes mistakes) {
    List<Feature> features = new ArrayList<>();
    YamlFile.parse(file, text, mistakes)
        .flatMap(YamlNode::asMap)
        .ifPresent(root -> root.list("feature_stores").forEach(s -> store(s, features)));
    return new RetrievalList(features);
  }

  private static void store(YamlNode node, List<Feature> features) {
    Optional<YamlNode> uri = node.required("uri");
    Matcher store = STORE.matcher(uri.flatMap(YamlNode::asText).orElse(""));
    if (!store.matches()) {
      uri.ifPresent(u -> u.mistake("uri names no workspace", ""));
      return;
    }
    String id =
        "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/workspaces/%s"
            .formatted(store.group(1), store.group(2), store.group(3));
    node.list("features").forEach(f -> feature(id, f).ifPresent(features::add));
  }

  private static Optional<Feature> feature(String store, YamlNode node) {
    Optional<YamlNode> set = node.required("feature_set");
    Optional<String> name = node.required("feature_name").flatMap(YamlNode::asText);
    Matcher version = SET.matcher(set.flatMap(YamlNode::asText).orElse(""));
    boolean known = version.matches();
    if (set.isPresent() && !known) {
      set.get().mistake("feature_set is not written as name:version", "");
    }
    if (node.text("output_name").isPresent()) {
      node.mistakeAt("output_name", "features cannot be given other names here", "");
    }
    return known
        ? name.map(n -> new Feature(store, version.group(1), version.group(2), n))
        : Optional.empty();
  }
}
