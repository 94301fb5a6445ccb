package mlops.emulator.run.feature;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.emulator.run.record.JobFailure;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * What a {@code feature_retrieval_spec.yaml} asks for.
 *
 * @param file where it was read
 * @param features in the order in which they come out
 */
record RetrievalList(Path file, List<Feature> features) {
  /** The name that Azure looks for. */
  static final String FILE = "feature_retrieval_spec.yaml";

  private static final Pattern STORE =
      Pattern.compile(
          "azureml://subscriptions/([^/]+)/resourcegroups/([^/]+)/(?:providers/[^/]+/)?workspaces/([^/]+)/?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SET = Pattern.compile("([^:/]+):([^:/]+)");

  /**
   * One feature.
   *
   * @param store the ARM id of its store
   */
  record Feature(String store, String set, String version, String name) {
    /** The ARM id of the version of its set. */
    String setId() {
      return "%s/featuresets/%s/versions/%s".formatted(store, set, version);
    }
  }

  /**
   * Reads the file in a folder, or the one that lies in the only folder there, as in a model that
   * was registered with its folder.
   *
   * @param input what the failure is to name
   * @throws JobFailure where there is none, or it cannot be read
   */
  static RetrievalList in(Path folder, String input) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw JobFailure.user(
          "Input '%s' has no %s in its root, so it does not say which features to retrieve. 'mlops features train-data' writes one."
              .formatted(input, FILE));
    }
    Mistakes mistakes = new Mistakes();
    List<Feature> features = new ArrayList<>();
    YamlFile.read(file, mistakes)
        .flatMap(YamlNode::asMap)
        .ifPresent(root -> root.list("feature_stores").forEach(s -> store(s, features)));
    if (mistakes.isEmpty() && features.isEmpty()) {
      throw JobFailure.user("%s of input '%s' names no feature.".formatted(FILE, input));
    }
    if (!mistakes.isEmpty()) {
      throw JobFailure.user(
          mistakes.all().stream()
              .map(m -> "line %d: %s".formatted(m.place().line(), m.message()))
              .collect(Collectors.joining("; ", "%s of input '%s': ".formatted(FILE, input), ".")));
    }
    return new RetrievalList(file, features);
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
    if (set.isPresent() && !version.matches()) {
      set.get().mistake("feature_set is not written as name:version", "");
    }
    if (node.text("output_name").isPresent()) {
      node.mistakeAt("output_name", "the embedded Azure gives features no other names", "");
    }
    return version.matches()
        ? name.map(n -> new Feature(store, version.group(1), version.group(2), n))
        : Optional.empty();
  }
}
