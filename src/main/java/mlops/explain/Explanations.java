package mlops.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mlops.profile.Profile;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** What a learner is told of the steps of the guide, in the names of a profile. */
public final class Explanations {
  /** Packages whose steps are explained, in the order of the guide. */
  private static final List<String> STAGES =
      List.of("bootstrap", "train", "promote", "scoring", "review", "github");

  private final Profile profile;
  private final String subscription;
  private final UnaryOperator<String> quoted;
  private final List<ExplanationText> texts;
  private final Map<String, List<String>> words;

  /**
   * @param subscription its id
   * @param quoted a value as one word of the shell that lines are for
   */
  public Explanations(Profile profile, String subscription, UnaryOperator<String> quoted) {
    this.profile = profile;
    this.subscription = subscription;
    this.quoted = quoted;
    this.words = ProfileNames.words(profile);
    this.texts = STAGES.stream().flatMap(stage -> read(stage).stream()).toList();
  }

  /** What is told of the step with an id; empty where nothing is. */
  public Optional<Explanation> of(String id) {
    return of(id, Given.nothing());
  }

  /** The same where a command was told otherwise than the profile says. */
  public Optional<Explanation> of(String id, Given given) {
    for (ExplanationText text : texts) {
      Optional<Map<String, String>> matched = text.match(id, words);
      Optional<Map<String, String>> values =
          matched.flatMap(parts -> ProfileNames.of(profile, subscription, parts));
      if (values.isPresent()) {
        values.get().putAll(given.values());
        return Optional.of(
            text.in(
                new StepNames(values.get(), ProfileNames.expressions(), given.options(), quoted),
                given.words()));
      }
    }
    return Optional.empty();
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
    Mistakes mistakes = new Mistakes();
    List<ExplanationText> texts = new ArrayList<>();
    try (InputStream file =
        Objects.requireNonNull(Explanations.class.getResourceAsStream(name), name)) {
      String yaml = new String(file.readAllBytes(), UTF_8);
      YamlNode root =
          YamlFile.parse(Path.of(name), yaml, mistakes).orElseThrow(mistakes::asException);
      root.entries().forEach((key, text) -> texts.add(ExplanationText.of(key, text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mistakes.throwIfAny();
    return texts;
  }
}
