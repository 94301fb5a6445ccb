package mlops.emulator.run.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.StateTree;

/**
 * Finds what a job refers to in its workspace: by ARM id, {@code azureml:name:version}, {@code
 * azureml:name@latest} or {@code azureml://…} asset id.
 */
public final class JobReferences {
  private static final Pattern ARM =
      Pattern.compile("(?:azureml:)?(/subscriptions/.+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern LONG =
      Pattern.compile(
          "azureml://subscriptions/([^/]+)/resourcegroups/([^/]+)/(?:providers/[^/]+/)?workspaces/([^/]+)/((?:data|models|environments|components|codes)/.+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REGIONAL =
      Pattern.compile(
          "azureml://locations/[^/]+/workspaces/[^/]+/((?:data|models|environments|components|codes)/.+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SHORT =
      Pattern.compile("(?:azureml:)?([^:/@]+)(?::([^:/@]+)|@(.+))");

  private final StateTree state;

  public JobReferences(StateTree state) {
    this.state = state;
  }

  /**
   * The document of an asset version, or of another resource.
   *
   * @param kind the collection that a short name is looked up in, such as {@code environments}
   * @throws JobFailure where it does not exist
   */
  public ObjectNode find(String workspace, String kind, String reference) {
    return id(workspace, kind, reference)
        .flatMap(state::read)
        .orElseThrow(
            () ->
                JobFailure.user(
                    "%s '%s' was not found in workspace %s."
                        .formatted(
                            kind, reference, workspace.substring(workspace.lastIndexOf('/') + 1))));
  }

  /** The ARM id that a reference means; empty if it is no reference to an asset. */
  Optional<String> id(String workspace, String kind, String reference) {
    Matcher arm = ARM.matcher(reference);
    if (arm.matches()) {
      return Optional.of(arm.group(1));
    }
    Matcher full = LONG.matcher(reference);
    if (full.matches()) {
      return Optional.of(
          "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/workspaces/%s/%s"
              .formatted(full.group(1), full.group(2), full.group(3), full.group(4)));
    }
    Matcher regional = REGIONAL.matcher(reference);
    if (regional.matches()) {
      return Optional.of(workspace + "/" + regional.group(1));
    }
    Matcher named = SHORT.matcher(reference);
    if (!named.matches()) {
      return Optional.empty();
    }
    String asset = workspace + "/" + kind + "/" + named.group(1);
    String version = named.group(2) == null ? newest(asset) : named.group(2);
    return Optional.of(asset + "/versions/" + version);
  }

  private String newest(String asset) {
    List<ObjectNode> versions = state.list(asset + "/versions");
    return versions.stream()
        .max(Comparator.comparing(v -> v.path("systemData").path("createdAt").asText()))
        .map(v -> v.path("name").asText())
        .orElse("latest");
  }

  /** Whether an ARM id is of this collection of assets. */
  static boolean isOf(String id, String kind) {
    return id.toLowerCase(Locale.ROOT).contains("/" + kind + "/");
  }
}
