package mlops.explain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import mlops.profile.Profile;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** The chapters of the guide for the environments of a profile, in their order. */
public final class GuideChapters {
  private static final String FILE = "/mlops/guide/chapters.yml";

  private final Profile profile;
  private final String subscription;
  private final UnaryOperator<String> quoted;
  private final String again;
  private final Map<String, YamlNode> texts;

  /**
   * @param subscription its id
   * @param quoted a value as one word of the shell that lines are for
   * @param again an option that each further command has to have, or nothing
   */
  public GuideChapters(
      Profile profile, String subscription, UnaryOperator<String> quoted, String again) {
    this.again = again;
    this.profile = profile;
    this.subscription = subscription;
    this.quoted = quoted;
    this.texts = ExplanationFile.read(FILE);
  }

  /**
   * All of them: what is set up, what is trained, each target, the review, GitHub, and features.
   */
  public List<GuideChapter> all() {
    String training = profile.training().name();
    List<Profile.Target> targets = profile.targets();
    List<GuideChapter> chapters = new ArrayList<>();
    String first = targets.isEmpty() ? training : targets.get(0).name();
    chapters.add(chapter("set-up", "set-up", first, List.of("bootstrap")));
    chapters.add(chapter("train", training, training, List.of("train")));
    for (Profile.Target target : targets) {
      String name = target.name();
      List<String> stages = List.of("promote-" + name, "score-" + name);
      chapters.add(chapter(key(target), name, name, stages));
    }
    String last = targets.isEmpty() ? training : targets.get(targets.size() - 1).name();
    chapters.add(chapter("review", "review", last, List.of("compare", "report")));
    chapters.add(chapter("github", "github", last, List.of("github")));
    if (hasFeatures()) {
      chapters.add(chapter("features", "features", training, List.of("features")));
    }
    return chapters;
  }

  private boolean hasFeatures() {
    return profile.features().training().isPresent()
        && Files.isDirectory(profile.features().folder());
  }

  private String key(Profile.Target target) {
    boolean first = profile.before(target).isEmpty();
    if (!profile.promotion().isByRegistry()) {
      return first ? "target" : "later";
    }
    return first ? "shared" : "from-registry";
  }

  /**
   * @param key of its text
   * @param environment whose names it uses
   */
  private GuideChapter chapter(String key, String id, String environment, List<String> stages) {
    YamlNode text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("%s has no chapter %s".formatted(FILE, key));
    }
    StepNames names = names(environment);
    return new GuideChapter(
        id,
        stages,
        names.text(field(text, "title")),
        names.text(field(text, "text")),
        text.list("next").stream()
            .flatMap(n -> n.asText().stream())
            .map(names::command)
            .map(this::asTyped)
            .toList(),
        text.list("exercises").stream()
            .filter(this::applies)
            .map(exercise -> exercise(exercise, names))
            .toList());
  }

  /** Whether the pipeline takes what an exercise changes, and the file is there that it names. */
  private boolean applies(YamlNode exercise) {
    return takesInput(exercise) && exercise.text("file").map(this::isThere).orElse(true);
  }

  private boolean isThere(String file) {
    return Files.isRegularFile(profile.folder().resolve(file));
  }

  private boolean takesInput(YamlNode exercise) {
    return exercise
        .text("input")
        .map(
            input ->
                YamlFile.read(profile.training().pipeline(), new Mistakes())
                    .flatMap(pipeline -> pipeline.map("inputs"))
                    .flatMap(inputs -> inputs.at(input))
                    .isPresent())
        .orElse(true);
  }

  /** A line of mlops with the options that the reader gave himself. */
  private String asTyped(String line) {
    return line.startsWith("mlops ") ? line + again : line;
  }

  private GuideChapter.Exercise exercise(YamlNode exercise, StepNames names) {
    return new GuideChapter.Exercise(
        names.text(field(exercise, "about")),
        exercise.list("lines").stream()
            .map(
                line ->
                    new GuideChapter.Line(
                        asTyped(names.command(field(line, "line"))),
                        Math.toIntExact(line.integer("ends").orElse(0L))))
            .toList());
  }

  private StepNames names(String environment) {
    Map<String, String> values =
        new HashMap<>(
            ProfileNames.of(profile, subscription, Map.of("env", environment)).orElseThrow());
    Path predictions = Path.of("predictions", profile.suffix(), environment, "predictions.csv");
    values.put("predictions", predictions.toString().replace('\\', '/'));
    boolean local = profile.cloud() == Profile.Cloud.LOCAL;
    List<String> repository = local ? List.of("octo-org", "taxi") : List.of("OWNER", "NAME");
    values.put("owner", repository.get(0));
    values.put("repo", repository.get(1));
    values.put("gh-repo", String.join("/", repository));
    // those of the sample are known; those of other projects are for the reader to put in
    boolean sample = isThere("data/zone-trips.csv");
    values.put("features-from", sample ? "2015-01-01T00:00:00Z" : "FROM");
    values.put("features-to", sample ? "2015-08-01T00:00:00Z" : "TO");
    values.put("features-key", sample ? "zone=Chelsea" : "KEY=VALUE");
    return new StepNames(values, ProfileNames.expressions(), Map.of(), quoted);
  }

  private static String field(YamlNode node, String name) {
    return node.text(name)
        .orElseThrow(() -> new IllegalStateException("%s lacks %s".formatted(FILE, name)));
  }
}
