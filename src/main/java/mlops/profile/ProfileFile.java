package mlops.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.error.MlopsException;
import mlops.profile.Profile.Account;
import mlops.profile.Profile.Cloud;
import mlops.profile.Profile.Promotion;
import mlops.profile.Profile.PythonMatch;
import mlops.profile.Profile.Registry;
import mlops.profile.Profile.ResourceGroups;
import mlops.profile.Profile.SharedResources;
import mlops.profile.Profile.Stages;
import mlops.profile.Profile.Via;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** Reads {@code mlops.yml} and reports all that is wrong with it together. */
public final class ProfileFile {
  private static final String DEFAULT_SUFFIX = "demo";
  private static final List<String> KEYS =
      List.of(
          "suffix",
          "cloud",
          "subscription",
          "location",
          "resource_groups",
          "storage_account",
          "identity",
          "environments",
          "gate",
          "approvals",
          "github",
          "python_environments",
          "spark_master",
          "registry",
          "promotion",
          "features");

  private final YamlNode root;
  private final ProfileValues values;
  private final ProfileOverrides overrides;

  private ProfileFile(YamlNode root, ProfileValues values, ProfileOverrides overrides) {
    this.root = root;
    this.values = values;
    this.overrides = overrides;
  }

  /**
   * The profile in a file.
   *
   * @param environment the variables that {@code ${NAME}} stands for
   * @throws MlopsException INVALID, with every mistake, its line and column
   */
  public static Profile load(
      Path file, ProfileOverrides overrides, Map<String, String> environment) {
    if (!Files.exists(file)) {
      throw MlopsException.invalid(
          "There is no profile " + file,
          "Run mlops in the folder of mlops.yml, or name the file with --profile.");
    }
    Mistakes mistakes = new Mistakes();
    YamlNode root =
        YamlFile.read(file, mistakes).flatMap(YamlNode::asMap).orElseThrow(mistakes::asException);
    String suffix = suffix(root, overrides, environment);
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    ProfileValues values = new ProfileValues(folder, new VariableExpansion(environment, suffix));
    Profile profile = new ProfileFile(root, values, overrides).profile();
    mistakes.throwIfAny();
    return profile;
  }

  /**
   * Asks that a suffix for a new profile keeps the rule.
   *
   * @throws MlopsException INVALID where it does not
   */
  public static void requireSuffix(String suffix) {
    NameRule.SUFFIX
        .broken(suffix)
        .ifPresent(
            why -> {
              throw MlopsException.invalid(
                  "the suffix \"%s\" %s".formatted(suffix, why),
                  "It ends the names of all resources: choose one such as demo2.");
            });
  }

  /** A suffix that is wrong itself is reported once, not again with each name it goes into. */
  private static String suffix(
      YamlNode root, ProfileOverrides overrides, Map<String, String> variables) {
    if (overrides.suffix().isPresent()) {
      String suffix = overrides.suffix().get();
      Optional<String> broken = NameRule.SUFFIX.broken(suffix);
      broken.ifPresent(why -> root.mistake("--suffix \"%s\" %s".formatted(suffix, why), ""));
      return broken.isEmpty() ? suffix : DEFAULT_SUFFIX;
    }
    return new ProfileValues(Path.of(""), new VariableExpansion(variables, ""))
        .optionalName(root, "suffix", NameRule.SUFFIX)
        .orElse(DEFAULT_SUFFIX);
  }

  private Profile profile() {
    root.allow(KEYS);
    YamlNode groups = values.section(root, "resource_groups");
    groups.allow("ml", "storage");
    Stages stages = new StagesSection(values, values.section(root, "environments")).stages();
    return new Profile(
        values.folder(),
        values.expansion().suffix(),
        new Account(
            cloud(),
            subscription(),
            values.optionalName(root, "location", NameRule.LOCATION).orElse("eastus2")),
        new SharedResources(
            new ResourceGroups(
                values.name(groups, "ml", NameRule.RESOURCE_GROUP),
                values.name(groups, "storage", NameRule.RESOURCE_GROUP)),
            values.name(root, "storage_account", NameRule.STORAGE_ACCOUNT),
            values.name(root, "identity", NameRule.IDENTITY)),
        stages,
        GateSection.gate(root.map("gate")),
        GateSection.approvals(root.map("approvals"), stages),
        GitHubSection.environments(root.map("github"), stages),
        python(),
        values.optionalName(root, "spark_master", NameRule.SPARK_MASTER).orElse("local"),
        promotion(),
        FeatureSection.of(root.map("features"), values));
  }

  private Cloud cloud() {
    Optional<Cloud> written = choice("cloud", Cloud.class);
    return overrides.cloud().or(() -> written).orElse(Cloud.LOCAL);
  }

  private PythonMatch python() {
    Optional<PythonMatch> written = choice("python_environments", PythonMatch.class);
    return overrides.python().or(() -> written).orElse(PythonMatch.NEAREST);
  }

  private Promotion promotion() {
    Optional<YamlNode> section = root.map("registry");
    section.ifPresent(map -> map.allow("name", "file"));
    Optional<Via> written = choice("promotion", Via.class);
    Via via = overrides.via().or(() -> written).orElse(Via.COPY);
    Optional<Registry> registry = section.map(map -> registry(map, via));
    if (via == Via.REGISTRY && registry.isEmpty()) {
      String said = overrides.via().isPresent() ? "--via registry" : "promotion: registry";
      root.mistake(
          said + " needs a registry, and the profile names none",
          "add registry: {name: reg-NAME-{suffix}, file: registry.yml}");
    }
    return new Promotion(via, registry);
  }

  /** Its file makes it, and whoever shares nothing needs none. */
  private Registry registry(YamlNode map, Via via) {
    boolean made = via == Via.REGISTRY;
    return new Registry(
        values.name(map, "name", NameRule.REGISTRY),
        made ? values.file(map, "file") : values.place(map, "file"));
  }

  /** One of a few words. */
  private <E extends Enum<E>> Optional<E> choice(String key, Class<E> words) {
    return root.at(key)
        .flatMap(node -> values.expansion().of(node).flatMap(word -> choice(node, word, words)));
  }

  private static <E extends Enum<E>> Optional<E> choice(
      YamlNode node, String word, Class<E> words) {
    List<E> all = List.of(words.getEnumConstants());
    Optional<E> meant = all.stream().filter(e -> inWords(e).equals(word)).findFirst();
    if (meant.isEmpty()) {
      node.mistake(
          "%s is \"%s\"".formatted(node.name(), word),
          all.stream().map(ProfileFile::inWords).collect(Collectors.joining(" or ")));
    }
    return meant;
  }

  private static String inWords(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private Optional<String> subscription() {
    overrides
        .subscription()
        .flatMap(NameRule.SUBSCRIPTION::broken)
        .ifPresent(why -> root.mistake("--subscription " + why, ""));
    return overrides
        .subscription()
        .or(() -> values.optionalName(root, "subscription", NameRule.SUBSCRIPTION));
  }
}
