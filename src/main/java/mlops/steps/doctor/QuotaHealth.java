package mlops.steps.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.FieldOverrides;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.RemoteWorkspaceLookup;

/**
 * Whether the region has the sizes of the computes, and the subscription cores enough for them.
 * Quotas are named by families, sizes say theirs.
 */
final class QuotaHealth {
  private static final String API = "2024-04-01";
  private static final String MORE =
      "Ask for more in the portal (Quotas, Machine learning), or choose a smaller size or fewer"
          + " instances in %s.";

  private record Wanted(String size, int most, String file) {}

  private final Azure azure;
  private final Profile profile;

  QuotaHealth(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  HealthFinding finding() {
    List<JsonNode> sizes = list("vmSizes");
    List<JsonNode> usages = list("usages");
    List<Wanted> wanted = profile.environments().stream().flatMap(e -> wanted(e).stream()).toList();
    Map<String, Integer> cores = new LinkedHashMap<>(); // that all computes of a family may take
    wanted.forEach(
        w ->
            size(w, sizes)
                .ifPresent(s -> cores.merge(family(s), cores(s) * w.most(), Integer::sum)));
    return wanted.isEmpty()
        ? HealthFinding.ok("no compute of the profile needs any")
        : HealthFinding.worst(wanted.stream().map(w -> of(w, sizes, usages, cores)).toList());
  }

  private static Optional<JsonNode> size(Wanted wanted, List<JsonNode> sizes) {
    return sizes.stream()
        .filter(s -> s.path("name").asText().equalsIgnoreCase(wanted.size()))
        .findFirst();
  }

  private static String family(JsonNode size) {
    return size.path("family").asText();
  }

  private static int cores(JsonNode size) {
    return size.path("vCPUs").asInt();
  }

  private List<JsonNode> list(String what) {
    String path =
        "%s/providers/%s/locations/%s/%s"
            .formatted(azure.subscriptionId(), ArmIds.MACHINE_LEARNING, profile.location(), what);
    return azure.arm().list(path, API, "").stream().map(JsonNode.class::cast).toList();
  }

  /** What the file of a cluster asks for; empty where it is no cluster. */
  private Optional<Wanted> wanted(Profile.Environment environment) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
    JsonNode asked =
        AssetFile.read(AssetFileType.COMPUTE, environment.compute(), FieldOverrides.none())
            .translate(new RemoteWorkspaceLookup(workspace, profile.location()))
            .resource()
            .body()
            .at("/properties/properties");
    String size = asked.path("vmSize").asText();
    return size.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Wanted(
                size,
                Math.max(1, asked.at("/scaleSettings/maxNodeCount").asInt(1)),
                environment.compute().getFileName().toString()));
  }

  private HealthFinding of(
      Wanted wanted, List<JsonNode> sizes, List<JsonNode> usages, Map<String, Integer> cores) {
    Optional<JsonNode> size = size(wanted, sizes);
    if (size.isEmpty()) {
      return HealthFinding.failed(
          "%s has no %s".formatted(profile.location(), wanted.size()),
          "Choose another size in %s: az ml compute list-sizes --location %s"
              .formatted(wanted.file(), profile.location()));
    }
    int each = cores(size.get());
    String family = family(size.get());
    return usages.stream()
        .filter(u -> isOf(family, u))
        .findFirst()
        .map(usage -> of(wanted, each, cores.getOrDefault(family, each), usage))
        .orElseGet(() -> HealthFinding.ok("%s: no quota is told".formatted(wanted.size())));
  }

  private HealthFinding of(Wanted wanted, int each, int all, JsonNode usage) {
    int limit = usage.path("limit").asInt();
    int used = usage.path("currentValue").asInt();
    String name = usage.at("/name/localizedValue").asText();
    String way = MORE.formatted(wanted.file());
    if (limit < each) {
      return HealthFinding.failed(
          "%s: %d cores of %s, and one %s has %d"
              .formatted(profile.location(), limit, name, wanted.size(), each),
          way);
    }
    if (limit < all) {
      return HealthFinding.warning(
          "%s: %d cores of %s, and the computes may take %d"
              .formatted(profile.location(), limit, name, all),
          way);
    }
    return HealthFinding.ok("%s: %d of %d cores are free".formatted(name, limit - used, limit));
  }

  /** {@code standardDSv2Family} is the quota "Standard DSv2 Family Cluster Dedicated vCPUs". */
  private static boolean isOf(String family, JsonNode usage) {
    String wanted = plain(family);
    String named = plain(usage.at("/name/value").asText());
    return named.startsWith(wanted) && !named.contains("lowpriority");
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
