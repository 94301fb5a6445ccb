package mlops.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The configuration of all commands, {@code mlops.yml}. Names are complete (the suffix is in place)
 * and checked against Azure's rules; paths are absolute and exist.
 *
 * @param folder the folder of the file, which relative paths in it start from
 * @param approvals by environment whether somebody has to approve what goes there
 * @param gitHub by environment the one of a repository whose jobs work on it
 * @param sparkMaster where Spark jobs of the local Azure run; {@code local} for this machine
 * @param promotion how models come to the targets
 * @param features what features there are
 */
public record Profile(
    Path folder,
    String suffix,
    Account account,
    SharedResources shared,
    Stages stages,
    Gate gate,
    Map<String, Boolean> approvals,
    Map<String, GitHubEnvironment> gitHub,
    PythonMatch python,
    String sparkMaster,
    Promotion promotion,
    Features features) {

  /** Which Azure answers. */
  public enum Cloud {
    LOCAL,
    AZURE
  }

  /** How close the Python environments of local jobs are to be to what their files say. */
  public enum PythonMatch {
    EXACT,
    NEAREST
  }

  /** How a model comes to a target. */
  public enum Via {
    /** Its files are copied into each workspace, as the guide does it. */
    COPY,
    /** It is shared once, in a registry, and deployed from there. */
    REGISTRY
  }

  /**
   * The way of models to the targets.
   *
   * @param registry empty where the profile has none
   */
  public record Promotion(Via via, Optional<Registry> registry) {

    public boolean isByRegistry() {
      return via == Via.REGISTRY;
    }
  }

  /**
   * A registry of Azure Machine Learning.
   *
   * @param file what it is, an Azure ML CLI v2 file
   */
  public record Registry(String name, Path file) {}

  /**
   * The features that models are trained with.
   *
   * @param folder of their definitions, Azure's own files; it may not be there
   * @param training how a model is trained with them; empty where the profile does not say
   * @param window what a replay computes ahead; empty for nothing
   */
  public record Features(
      Path folder, Optional<FeatureTraining> training, Optional<FeatureWindow> window) {}

  /**
   * Where in Azure all of it lies.
   *
   * @param subscription empty where the file names none; the local cloud then uses its own
   * @param location the region, such as {@code eastus2}
   */
  public record Account(Cloud cloud, Optional<String> subscription, String location) {}

  /**
   * What all environments use together.
   *
   * @param identity the managed identity that compute clusters work as
   */
  public record SharedResources(ResourceGroups groups, String storageAccount, String identity) {}

  /** The environments in the order of promotion; each target takes what the one before it holds. */
  public record Stages(Training training, List<Target> targets) {

    /** What the user calls the environments. */
    public List<String> names() {
      return Stream.concat(Stream.of(training.name()), targets.stream().map(Target::name)).toList();
    }
  }

  /** The group of workspaces and identity, and the group of the storage account. */
  public record ResourceGroups(String ml, String storage) {}

  /**
   * What every environment has.
   *
   * @param name what the user calls it, such as {@code dev}; step ids and folders have it in them
   * @param compute the compute cluster, an Azure ML CLI v2 file
   * @param environment the Azure ML environment that jobs run in, an Azure ML CLI v2 file
   * @param model the name under which the model is registered in the workspace
   */
  public record Environment(
      String name,
      String workspace,
      String displayName,
      Path compute,
      Path environment,
      String model,
      Blobs blobs) {}

  /** A blob container in the storage account, and what bootstrap puts there. */
  public record Blobs(String container, List<Upload> uploads) {

    /**
     * What an upload is called in the id of its step: the name of the blob without its folders and
     * its ending; where another upload has the same, the whole of it.
     */
    public String word(Upload upload) {
      long namesakes =
          uploads.stream().filter(u -> u.plainName().equals(upload.plainName())).count();
      return namesakes == 1 ? upload.plainName() : upload.to();
    }
  }

  /** A file and the blob that it becomes: {@code to} ends in the name of the blob. */
  public record Upload(Path file, String to) {

    private String plainName() {
      String file = to.substring(to.lastIndexOf('/') + 1);
      int dot = file.lastIndexOf('.');
      return dot > 0 ? file.substring(0, dot) : file;
    }
  }

  /** An Azure ML CLI v2 file of one thing in a workspace. */
  public record Asset(AssetKind kind, Path file) {}

  /** What a workspace can be given by a file of its own. */
  public enum AssetKind {
    COMPUTE,
    DATASTORE,
    ENVIRONMENT,
    DATA,
    MODEL,
    COMPONENT;

    /** As the profile has it, and {@code az ml}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where models are trained.
   *
   * @param assets what stands there before the job is submitted, in this order
   */
  public record Training(Environment environment, Path pipeline, List<Asset> assets) {

    public String name() {
      return environment.name();
    }
  }

  /**
   * Where models are put to work.
   *
   * @param input what is scored by default, an {@code azureml://datastores/…} URI
   * @param output the folder for results, likewise
   */
  public record Target(
      Environment environment,
      TargetFiles files,
      String endpointName,
      String input,
      String output) {

    public String name() {
      return environment.name();
    }
  }

  /** Azure ML CLI v2 files of what serves a model. */
  public record TargetFiles(Path datastore, Path data, Path endpoint, Path deployment) {}

  /**
   * What a model must reach to be registered.
   *
   * @param metrics limits by metric, under the name by which the job logs it
   * @param championNotWorse whether it must be as good as the newest registered one
   */
  public record Gate(Map<String, Limit> metrics, boolean championNotWorse) {

    /** What the inputs of a pipeline that take the gate are given, such as {@code r2_min}. */
    public Map<String, String> inputs() {
      Map<String, String> inputs = new TreeMap<>();
      metrics.forEach(
          (metric, limit) -> {
            limit.min().ifPresent(min -> inputs.put(metric + "_min", min.toString()));
            limit.max().ifPresent(max -> inputs.put(metric + "_max", max.toString()));
          });
      inputs.put("champion_rule", championNotWorse ? "not-worse" : "none");
      return inputs;
    }
  }

  /** Bounds of a metric, both inclusive: of one with a min more is better, else less is. */
  public record Limit(Optional<Double> min, Optional<Double> max) {}

  /**
   * An environment of a repository on GitHub, by whose rules jobs are let in.
   *
   * @param branches patterns of those that may deploy; empty for the default branch
   * @param reviewers logins and {@code ORG/TEAM}; empty where the file names none
   */
  public record GitHubEnvironment(String name, List<String> branches, List<String> reviewers) {}

  public Cloud cloud() {
    return account.cloud();
  }

  public Optional<String> subscription() {
    return account.subscription();
  }

  public String location() {
    return account.location();
  }

  public ResourceGroups resourceGroups() {
    return shared.groups();
  }

  public String storageAccount() {
    return shared.storageAccount();
  }

  public String identity() {
    return shared.identity();
  }

  public Training training() {
    return stages.training();
  }

  public List<Target> targets() {
    return stages.targets();
  }

  public Optional<Target> target(String name) {
    return targets().stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /** The targets that a model was in before it comes to this one, the first one first. */
  public List<Target> before(Target target) {
    return targets().subList(0, targets().indexOf(target));
  }

  /** As whom the jobs of GitHub log in: {@code gitAppdevdemo}, as the guide has it. */
  public String gitHubApplication(Environment environment) {
    return "gitApp" + environment.name() + suffix;
  }

  public GitHubEnvironment gitHub(Environment environment) {
    return Objects.requireNonNull(gitHub.get(environment.name()), environment.name());
  }

  public List<Environment> environments() {
    return Stream.concat(
            Stream.of(training().environment()), targets().stream().map(Target::environment))
        .toList();
  }
}
