package mlops.steps.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.SignedInPrincipal;
import mlops.profile.Profile;

/** What a doctor looks at in the Azure of a profile. Reads only. */
public final class AzureHealth {
  /** The area of all of them. */
  public static final String AREA = "azure";

  private static final String SUBSCRIPTION_API = "2022-12-01";
  private static final String PROVIDER_API = "2021-04-01";
  private static final List<String> PROVIDERS =
      List.of(
          "Microsoft.MachineLearningServices",
          "Microsoft.Storage",
          "Microsoft.KeyVault",
          "Microsoft.ManagedIdentity",
          "Microsoft.Insights",
          "Microsoft.OperationalInsights");

  private final Azure azure;
  private final Profile profile;

  public AzureHealth(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  /** Whether anybody is logged in; without that nothing else of Azure can be seen. */
  public HealthCheck login() {
    return check("login", this::loggedIn);
  }

  /** All else. */
  public List<HealthCheck> checks() {
    GlobalNamesHealth names = new GlobalNamesHealth(azure, profile);
    return List.of(
        check("subscription", this::subscription),
        check("providers", this::providers),
        check("roles", new GrantedActions(azure, profile)::finding),
        check("quota", new QuotaHealth(azure, profile)::finding),
        check("account-names", names::accounts),
        check("vault-names", names::vaults),
        check("github", new GitHubHealth(azure)::finding));
  }

  private static HealthCheck check(String name, Supplier<HealthFinding> look) {
    return new HealthCheck(AREA, name, look);
  }

  private HealthFinding loggedIn() {
    SignedInPrincipal who = azure.signedIn();
    return HealthFinding.ok("%s (%s) of tenant %s".formatted(who.name(), who.type(), who.tenant()));
  }

  private HealthFinding subscription() {
    String id = azure.subscription();
    Optional<ObjectNode> found = azure.arm().find(azure.subscriptionId(), SUBSCRIPTION_API);
    if (found.isEmpty()) {
      return HealthFinding.failed(
          "there is no subscription %s, or you may not see it".formatted(id),
          "`az account list` shows yours; name one by --subscription or in the profile.");
    }
    ObjectNode subscription = found.get();
    String tenant = subscription.path("tenantId").asText();
    if (!tenant.equalsIgnoreCase(azure.signedIn().tenant())) {
      return HealthFinding.failed(
          "%s is of tenant %s, and you are logged in to %s"
              .formatted(id, tenant, azure.signedIn().tenant()),
          "az login --tenant " + tenant);
    }
    return state(subscription.path("displayName").asText(), id, subscription);
  }

  private static HealthFinding state(String name, String id, JsonNode subscription) {
    String state = subscription.path("state").asText();
    String words = "%s (%s) is %s".formatted(name, id, state);
    String wayOut = "Its owner sees why in the portal: Subscriptions, then its name.";
    if (Set.of("Warned", "PastDue").contains(state)) {
      return HealthFinding.warning(words, wayOut);
    }
    return state.equals("Enabled")
        ? HealthFinding.ok("%s (%s)".formatted(name, id))
        : HealthFinding.failed(words, wayOut);
  }

  private HealthFinding providers() {
    List<String> missing = new ArrayList<>();
    for (String namespace : PROVIDERS) {
      String id = azure.subscriptionId() + "/providers/" + namespace;
      String state =
          azure
              .arm()
              .find(id, PROVIDER_API)
              .map(p -> p.path("registrationState").asText())
              .orElse("unknown");
      if (!state.equals("Registered")) {
        missing.add(namespace);
      }
    }
    return missing.isEmpty()
        ? HealthFinding.ok("all %d are registered".formatted(PROVIDERS.size()))
        : HealthFinding.warning(
            "not registered: " + String.join(", ", missing),
            "bootstrap registers them, if you may; else an owner does: az provider register --namespace "
                + missing.get(0));
  }
}
