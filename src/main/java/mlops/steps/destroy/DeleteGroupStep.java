package mlops.steps.destroy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A resource group is gone, where nothing is in it but what the profile names. Anything else is
 * somebody's, and keeps the group alive.
 */
final class DeleteGroupStep implements Step {
  private static final String API_VERSION = "2021-04-01";
  private static final int SHOWN = 6;

  /** What Azure puts beside an Application Insights by itself, and nobody asked for. */
  private static final Set<String> BY_AZURE =
      Set.of(
          "microsoft.alertsmanagement/smartdetectoralertrules", "microsoft.insights/actiongroups");

  private final Azure azure;
  private final String group;
  private final List<String> ours;
  private final KeptResources kept;

  /**
   * @param ours the ARM ids of what the profile names in it
   */
  DeleteGroupStep(Azure azure, String group, List<String> ours, KeptResources kept) {
    this.azure = azure;
    this.group = group;
    this.ours = ours.stream().map(DeleteGroupStep::lower).toList();
    this.kept = kept;
  }

  @Override
  public String describe() {
    return "resource group " + group;
  }

  @Override
  public Change check() {
    if (azure.arm().find(id(), API_VERSION).isEmpty()) {
      return Change.none("is not there");
    }
    List<ObjectNode> stay = resources().stream().filter(r -> !goes(r)).toList();
    return stay.isEmpty() ? Change.delete("") : Change.none("stays, for it holds " + words(stay));
  }

  /** Whether an earlier step takes it away, or Azure does. */
  private boolean goes(ObjectNode resource) {
    String id = lower(resource.path("id").asText());
    boolean named = ours.stream().anyMatch(our -> id.equals(our) || id.startsWith(our + "/"));
    return (named && kept.why(id).isEmpty()) || isByAzure(resource);
  }

  private static boolean isByAzure(ObjectNode resource) {
    String name = resource.path("name").asText();
    return BY_AZURE.contains(lower(resource.path("type").asText()))
        && (name.startsWith("Failure Anomalies - ")
            || name.equals("Application Insights Smart Detection"));
  }

  private List<ObjectNode> resources() {
    return azure.arm().list(id() + "/resources", API_VERSION, "");
  }

  /** {@code vm-1 (Microsoft.Compute/virtualMachines)}, and how many more. */
  private static String words(List<ObjectNode> resources) {
    String first =
        resources.stream()
            .limit(SHOWN)
            .map(r -> "%s (%s)".formatted(r.path("name").asText(), r.path("type").asText()))
            .collect(Collectors.joining(", "));
    int more = resources.size() - SHOWN;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  private String id() {
    return azure.subscriptionId() + "/resourceGroups/" + group;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Looks again: by now nothing is left in it but what Azure itself put there. */
  @Override
  public void apply(StepMessages messages) {
    List<ObjectNode> left = resources().stream().filter(r -> !isByAzure(r)).toList();
    if (!left.isEmpty()) {
      throw MlopsException.failed(
          "GroupNotEmpty",
          "resource group %s still holds %s".formatted(group, words(left)),
          "Run it again: Azure may show for a while what is gone, and what came meanwhile stays.");
    }
    azure.arm().delete(id(), API_VERSION);
  }
}
