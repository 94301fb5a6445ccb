package mlops.explain;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mlops.profile.FeatureProfile;
import mlops.profile.Profile;

/** What a learner is told of the steps of the guide, in the names of a profile. */
public final class Explanations {
  /** Packages whose steps are explained, in the order of the guide. */
  private static final List<String> STAGES =
      List.of(
          "bootstrap",
          "train",
          "promote",
          "share",
          "scoring",
          "review",
          "github",
          "features",
          "destroy");

  private final Profile profile;
  private final String subscription;
  private final UnaryOperator<String> quoted;
  private final List<ExplanationText> texts;
  private final Map<String, List<String>> words;
  private final Map<String, List<Given.Option>> gates = new ConcurrentHashMap<>();

  /**
   * @param subscription its id
   * @param quoted a value as one word of the shell that lines are for
   */
  public Explanations(Profile profile, String subscription, UnaryOperator<String> quoted) {
    this.profile = profile;
    this.subscription = subscription;
    this.quoted = quoted;
    this.words = ProfileNames.words(profile);
    boolean shared = profile.promotion().registry().isPresent();
    boolean features = Files.isDirectory(profile.features().folder());
    this.texts =
        STAGES.stream()
            .filter(stage -> shared || !stage.equals("share"))
            .filter(stage -> features || !stage.equals("features"))
            .flatMap(stage -> read(stage).stream())
            .toList();
  }

  /** What is told of the step with an id; empty where nothing is. */
  public Optional<Explanation> of(String id) {
    return of(id, Given.nothing());
  }

  /** The same where a command was told otherwise than the profile says. */
  public Optional<Explanation> of(String id, Given given) {
    if (id.endsWith(FeatureProfile.MARK) && profile.features().training().isPresent()) {
      String plain = id.substring(0, id.length() - FeatureProfile.MARK.length());
      return new Explanations(FeatureProfile.of(profile), subscription, quoted).of(plain, given);
    }
    for (ExplanationText text : texts) {
      Optional<Map<String, String>> matched = text.match(id, words);
      Optional<Map<String, String>> values =
          matched.flatMap(parts -> ProfileNames.of(profile, subscription, parts));
      if (values.isPresent()) {
        values.get().putAll(given.values());
        return Optional.of(
            text.in(
                new StepNames(
                    values.get(), ProfileNames.expressions(), options(values.get(), given), quoted),
                given.words()));
      }
    }
    return Optional.empty();
  }

  private Map<String, List<Given.Option>> options(Map<String, String> values, Given given) {
    String pipeline = values.getOrDefault("pipeline-file", "");
    return given
        .with(
            "gate-options", gates.computeIfAbsent(pipeline, file -> GateOptions.of(profile, file)))
        .with("shared-options", sharedOptions(values))
        .with("reviewer-options", GitHubOptions.reviewers(profile, values))
        .with("who-options", GitHubOptions.who(profile, values))
        .with("branch-options", GitHubOptions.branches(profile, values))
        .options();
  }

  /** What a deployment is told where the model comes from a registry. */
  private List<Given.Option> sharedOptions(Map<String, String> values) {
    if (!profile.promotion().isByRegistry() || !values.containsKey("environment")) {
      return List.of();
    }
    String registry = "=azureml://registries/" + values.get("registry");
    return List.of(
        new Given.Option(
            "--set",
            "model%s/models/%s/versions/{trained-version}"
                .formatted(registry, values.get("trained-model"))),
        new Given.Option(
            "--set",
            "environment%s/environments/%s/versions/{shared-environment-version}"
                .formatted(registry, values.get("environment"))));
  }

  /** The ids of all steps that are explained, in the order of the guide. */
  public List<String> ids() {
    return texts.stream()
        .flatMap(text -> text.ids(words))
        .distinct()
        .filter(id -> of(id).isPresent())
        .toList();
  }

  private static List<ExplanationText> read(String stage) {
    String name = "/mlops/steps/%s/explanations.yml".formatted(stage);
    return ExplanationFile.read(name).entrySet().stream()
        .map(entry -> ExplanationText.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
