package mlops.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a journey, {@code mlops.yml}: what the guide's {@code env.ps1} was. Names
 * are complete (the suffix is in place) and checked against Azure's rules; paths are absolute and
 * exist.
 *
 * @param folder the folder of the file, which relative paths in it start from
 * @param subscription empty where the file names none; the local cloud then uses its own
 */
public record Profile(
    Path folder,
    String suffix,
    Cloud cloud,
    Optional<String> subscription,
    String location,
    ResourceGroups resourceGroups,
    String storageAccount,
    String identity,
    Dev dev,
    Target test,
    Target prod,
    Gate gate,
    Map<String, Boolean> approvals) {

  /** Which Azure answers. */
  public enum Cloud {
    LOCAL,
    AZURE
  }

  /** The group of workspaces and identity, and the group of the storage account. */
  public record ResourceGroups(String ml, String storage) {}

  /**
   * What every environment has.
   *
   * @param name {@code dev}, {@code test} or {@code prod}
   * @param compute the compute cluster, an Azure ML CLI v2 file
   * @param container its blob container in the storage account
   * @param environment the Azure ML environment that jobs run in, an Azure ML CLI v2 file
   * @param model the name under which the model is registered in the workspace
   */
  public record Environment(
      String name,
      String workspace,
      String displayName,
      Path compute,
      String container,
      Path environment,
      String model,
      List<Upload> uploads) {}

  /** A file and the blob that it becomes: {@code to} ends in the name of the blob. */
  public record Upload(Path file, String to) {}

  /** Where models are trained. */
  public record Dev(Environment environment, Path pipeline) {}

  /**
   * Where models are put to work.
   *
   * @param input what is scored by default, an {@code azureml://datastores/…} URI
   * @param output the folder for results, likewise
   */
  public record Target(
      Environment environment,
      Path datastore,
      Path data,
      Path endpoint,
      String endpointName,
      Path deployment,
      String input,
      String output) {}

  /**
   * What a model must reach to be registered.
   *
   * @param metrics limits by metric: {@code r2}, {@code rmse}, {@code mae}
   * @param championNotWorse whether it must be as good as the newest registered one
   */
  public record Gate(Map<String, Limit> metrics, boolean championNotWorse) {}

  /** Bounds of a metric, both inclusive. */
  public record Limit(Optional<Double> min, Optional<Double> max) {}

  public List<Environment> environments() {
    return List.of(dev.environment(), test.environment(), prod.environment());
  }
}
