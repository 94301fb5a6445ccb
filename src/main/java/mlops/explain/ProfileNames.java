package mlops.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.profile.FeatureProfile;
import mlops.profile.FeatureTraining;
import mlops.profile.Profile;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** The names that a profile gives to what its steps make. */
final class ProfileNames {
  /** What only Azure knows before a step has run, as lines that ask it. */
  private static final Map<String, String> EXPRESSIONS =
      Map.ofEntries(
          Map.entry(
              "trained-version",
              newest("az ml model list --name {trained-model}", "{training-workspace}", "version")),
          Map.entry("job", newest("az ml job list", "{workspace}", "name")),
          Map.entry(
              "scoring-job",
              newest("az ml batch-endpoint list-jobs --name {endpoint}", "{workspace}", "name")),
          Map.entry(
              "shared-environment-version",
              "\"$(az ml environment list --name {environment} --registry-name {registry} --query \"[0].version\" --output tsv)\""),
          Map.entry(
              "application-id",
              "\"$(az ad app list --filter \"displayName eq '{application}'\" --query \"[0].appId\" --output tsv)\""),
          Map.entry(
              "principal-id",
              "\"$(az ad sp list --filter \"displayName eq '{application}'\" --query \"[0].id\" --output tsv)\""),
          Map.entry("tenant", "\"$(az account show --query tenantId --output tsv)\""),
          Map.entry("gh-repo", "{owner}/{repo}"), // which gh api itself fills in
          Map.entry(
              "run",
              "$(gh run list{repo-options} --limit 1 --json databaseId --jq .[0].databaseId)"),
          Map.entry(
              "subject-prefix",
              "$(gh api{host-options} \"repos/{owner}/{repo}/actions/oidc/customization/sub\" --jq .sub_claim_prefix)"));

  private final Profile profile;
  private final Map<String, String> values = new HashMap<>();

  private ProfileNames(Profile profile) {
    this.profile = profile;
  }

  /**
   * The names for a step; empty where the profile has no such upload or asset.
   *
   * @param id what stands in the id of the step for the names in the key of its text
   */
  static Optional<Map<String, String>> of(
      Profile profile, String subscription, Map<String, String> id) {
    ProfileNames names = new ProfileNames(profile);
    names.shared(subscription);
    names.training();
    Profile.Environment environment =
        profile.environments().stream()
            .filter(e -> e.name().equals(id.get("env")))
            .findFirst()
            .orElse(profile.training().environment());
    names.environment(environment);
    profile.target(environment.name()).ifPresent(names::target);
    Optional.ofNullable(id.get("upload")).ifPresent(u -> names.upload(environment, u));
    Optional.ofNullable(id.get("asset"))
        .ifPresent(a -> names.asset(id.getOrDefault("kind", "compute"), a));
    names.features(id);
    names.values.putAll(id);
    boolean complete =
        id.containsKey("upload") == names.values.containsKey("upload-file")
            && id.containsKey("asset") == names.values.containsKey("asset-file");
    return complete ? Optional.of(names.values) : Optional.empty();
  }

  /** What may stand in the id of a step for a name in the key of its text. */
  static Map<String, List<String>> words(Profile profile) {
    List<String> targets = profile.targets().stream().map(Profile.Target::name).toList();
    List<Profile.Asset> assets = profile.training().assets();
    FeatureNames features = FeatureNames.in(profile.features().folder());
    return Map.of(
        "env", profile.environments().stream().map(Profile.Environment::name).toList(),
        "training", List.of(profile.training().name()),
        "target", targets,
        "later", targets.subList(Math.min(1, targets.size()), targets.size()),
        "upload",
            profile.environments().stream()
                .map(Profile.Environment::blobs)
                .flatMap(blobs -> blobs.uploads().stream().map(blobs::word))
                .distinct()
                .toList(),
        "asset", assets.stream().flatMap(asset -> name(asset.file()).stream()).distinct().toList(),
        "entity", List.copyOf(features.entities().keySet()),
        "feature-set", List.copyOf(features.sets().keySet()),
        "kind", assets.stream().map(asset -> asset.kind().word()).distinct().toList());
  }

  static Map<String, String> expressions() {
    return EXPRESSIONS;
  }

  private static String newest(String list, String workspace, String field) {
    return "\"$(%s --workspace-name %s --resource-group {ml} --query \"[0].%s\" --output tsv)\""
        .formatted(list, workspace, field);
  }

  private void shared(String subscription) {
    values.put("input-type", "uri_file");
    values.put("issuer", "https://token.actions.githubusercontent.com");
    String provider = "/subscriptions/%s/resourceGroups/%s/providers/";
    String ml = profile.resourceGroups().ml();
    String storage = profile.resourceGroups().storage();
    values.put("subscription", subscription);
    values.put("location", profile.location());
    values.put("ml", ml);
    values.put("storage-group", storage);
    values.put("account", profile.storageAccount());
    values.put(
        "account-id",
        provider.formatted(subscription, storage)
            + "Microsoft.Storage/storageAccounts/"
            + profile.storageAccount());
    values.put("identity", profile.identity());
    values.put(
        "identity-id",
        provider.formatted(subscription, ml)
            + "Microsoft.ManagedIdentity/userAssignedIdentities/"
            + profile.identity());
    profile.promotion().registry().ifPresent(this::registry);
    values.put("any-container", profile.environments().get(0).blobs().container());
  }

  private void registry(Profile.Registry registry) {
    values.put("registry", registry.name());
    values.put("registry-file", shown(registry.file()));
    values.put("registry-id", machineLearning("registries/" + registry.name()));
  }

  private String machineLearning(String resource) {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/%s"
        .formatted(values.get("subscription"), profile.resourceGroups().ml(), resource);
  }

  private void training() {
    Profile.Environment training = profile.training().environment();
    values.put("training", training.name());
    values.put("training-workspace", training.workspace());
    values.put("training-workspace-id", machineLearning("workspaces/" + training.workspace()));
    values.put("trained-model", training.model());
    values.put("pipeline-file", shown(profile.training().pipeline()));
    String own = FeatureProfile.isOne(profile) ? "features" : "environments." + training.name();
    values.put("pipeline-key", own + ".pipeline");
    values.put("model-key", own + ".model");
    profile.features().training().ifPresent(this::retrieval);
  }

  private void retrieval(FeatureTraining features) {
    features.retrieval().ifPresent(file -> values.put("retrieval-file", shown(file)));
  }

  private void environment(Profile.Environment environment) {
    values.put("env", environment.name());
    values.put("workspace", environment.workspace());
    values.put("display-name", environment.displayName());
    values.put("container", environment.blobs().container());
    values.put("model", environment.model());
    values.put("application", profile.gitHubApplication(environment));
    gitHub(profile.gitHub(environment).name());
    file("compute", environment.compute());
    file("environment", environment.environment());
  }

  /**
   * The environment of a repository, as the places where it stands have it.
   *
   * @param name as its page shows it
   */
  private void gitHub(String name) {
    values.put("github-env", name);
    values.put("github-env-path", URLEncoder.encode(name, UTF_8).replace("+", "%20"));
    values.put("github-env-subject", name.replace(":", "%3A"));
    values.put("github-env-word", name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    values.put(
        "github-envs",
        profile.environments().stream()
            .map(e -> profile.gitHub(e).name())
            .sorted(String.CASE_INSENSITIVE_ORDER)
            .collect(Collectors.joining(", ")));
  }

  private void target(Profile.Target target) {
    List<Profile.Target> before = profile.before(target);
    if (!before.isEmpty()) {
      Profile.Target previous = before.get(before.size() - 1);
      values.put("previous-workspace", previous.environment().workspace());
      values.put("previous-endpoint", previous.endpointName());
    }
    file("datastore", target.files().datastore());
    file("data", target.files().data());
    file("deployment", target.files().deployment());
    values.put("endpoint-file", shown(target.files().endpoint()));
    values.put("endpoint", target.endpointName());
    values.put("input", target.input());
    values.put("output", target.output());
    values.put("output-folder", target.output().replaceFirst(".*/paths/", ""));
  }

  private void features(Map<String, String> id) {
    FeatureNames found = FeatureNames.in(profile.features().folder());
    found
        .store()
        .ifPresent(
            store -> {
              values.put("feature-store", store.getKey());
              values.put("feature-store-file", shown(store.getValue()));
              values.put("feature-container", store.getKey().toLowerCase(Locale.ROOT));
            });
    Optional.ofNullable(id.get("entity"))
        .ifPresent(e -> values.putAll(FeatureNames.of("entity", e, file(found.entities(), e))));
    Optional.ofNullable(id.get("feature-set"))
        .ifPresent(s -> values.putAll(FeatureNames.of("set", s, file(found.sets(), s))));
  }

  private String file(Map<String, Path> files, String id) {
    return Optional.ofNullable(files.get(id)).map(this::shown).orElse("");
  }

  private void upload(Profile.Environment environment, String id) {
    for (Profile.Upload upload : environment.blobs().uploads()) {
      if (environment.blobs().word(upload).equals(id)) {
        values.put("upload-file", shown(upload.file()));
        values.put("upload-blob", upload.to());
      }
    }
  }

  private void asset(String kind, String name) {
    for (Profile.Asset asset : profile.training().assets()) {
      if (asset.kind().word().equals(kind) && name(asset.file()).filter(name::equals).isPresent()) {
        values.put("asset-file", shown(asset.file()));
        boolean store = asset.kind() == Profile.AssetKind.DATASTORE;
        values.put("collection", kind.equals("data") ? kind : kind + "s");
        values.put("versions", store ? "" : "/versions/{version}");
      }
    }
  }

  /** A file, and what it describes by the name in it. */
  private void file(String word, Path file) {
    values.put(word + "-file", shown(file));
    name(file).ifPresent(name -> values.put(word, name));
  }

  private static Optional<String> name(Path file) {
    return YamlFile.read(file, new Mistakes())
        .flatMap(YamlNode::asMap)
        .flatMap(node -> node.text("name"));
  }

  /** As somebody in the folder of the profile writes it. */
  private String shown(Path file) {
    Path folder = profile.folder().toAbsolutePath().normalize();
    Path absolute = file.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(folder) ? folder.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }
}
