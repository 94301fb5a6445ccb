package mlops.portal.shown;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;

/**
 * As much of an Azure as is shown: of the embedded one all of it, of the public one the resource
 * groups of the profile.
 */
public record ShownAzure(Azure azure, Profile profile) {
  public static final String STORAGE = "Microsoft.Storage/storageAccounts";
  private static final String WORKSPACES = "Microsoft.MachineLearningServices/workspaces";
  private static final String VERSION = "2021-04-01";

  public boolean isLocal() {
    return profile.cloud() == Profile.Cloud.LOCAL;
  }

  /** By name. */
  public List<String> groups() {
    Predicate<String> own =
        Stream.of(profile.resourceGroups().ml(), profile.resourceGroups().storage())
            .<Predicate<String>>map(name -> name::equalsIgnoreCase)
            .reduce(Predicate::or)
            .orElseThrow();
    return azure.arm().list(azure.subscriptionId() + "/resourcegroups", VERSION, "").stream()
        .map(group -> group.path("name").asText())
        .filter(isLocal() ? name -> true : own)
        .sorted()
        .toList();
  }

  public List<ObjectNode> resources(String group) {
    String resources = "%s/resourceGroups/%s/resources".formatted(azure.subscriptionId(), group);
    return azure.arm().list(resources, VERSION, "");
  }

  private Stream<ObjectNode> resourcesOf(String type) {
    return groups().stream()
        .flatMap(group -> resources(group).stream())
        .filter(resource -> resource.path("type").asText().equalsIgnoreCase(type));
  }

  /** Those of the profile in the order of promotion, then all others. */
  public List<Workspace> workspaces() {
    List<String> order = profile.environments().stream().map(e -> e.workspace()).toList();
    return resourcesOf(WORKSPACES)
        .sorted((a, b) -> Integer.compare(rank(order, a), rank(order, b)))
        .map(found -> workspace(found.path("id").asText()))
        .toList();
  }

  private static int rank(List<String> order, JsonNode workspace) {
    int at = order.indexOf(workspace.path("name").asText());
    return at < 0 ? order.size() : at;
  }

  private Workspace workspace(String id) {
    String[] parts = id.split("/");
    return new Workspace(azure, parts[4], parts[parts.length - 1]);
  }

  /** The storage accounts, that of the profile first. */
  public List<ObjectNode> accounts() {
    return resourcesOf(STORAGE)
        .sorted((a, b) -> Boolean.compare(isOfProfile(b), isOfProfile(a)))
        .toList();
  }

  private boolean isOfProfile(JsonNode account) {
    return account.path("name").asText().equals(profile.storageAccount());
  }

  /** A workspace by its name, with the environment that it is. */
  public String title(Workspace workspace) {
    return profile.environments().stream()
        .filter(e -> e.workspace().equals(workspace.name()))
        .findFirst()
        .map(e -> e.name() + " · " + workspace.name())
        .orElseGet(workspace::name);
  }

  /** The last part of the type of a resource in words. */
  public static String kind(String type) {
    String last = type.substring(type.lastIndexOf('/') + 1);
    return last.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }
}
