package mlops.steps.github.live;

import com.azure.core.exception.AzureException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.github.JobToken;
import mlops.azure.github.TokenExchange;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.github.login.ApplicationName;
import mlops.steps.github.login.Graph;

/** The login of the job that this runs in, tried, and held against what Graph shows. */
public final class LiveLogin {
  private static final String CLIENT = "AZURE_CLIENT_ID";
  private static final String TENANT = "AZURE_TENANT_ID";
  private static final String ID = "[0-9A-Fa-f-]{36}";

  private final Azure azure;
  private final Profile profile;
  private final Map<String, String> variables;

  /**
   * @param variables of the job
   */
  public LiveLogin(Azure azure, Profile profile, Map<String, String> variables) {
    this.azure = azure;
    this.profile = profile;
    this.variables = variables;
  }

  /**
   * Asks GitHub for a token, shows it to Entra, and forgets it.
   *
   * @throws MlopsException where GitHub gives none
   */
  public LiveReport look() {
    String token = JobToken.in(variables, azure.connection().transport()).ask();
    JobClaims claims = JobClaims.of(token);
    String client = value(CLIENT);
    String tenant = value(TENANT);
    List<String> missing = Stream.of(CLIENT, TENANT).filter(n -> value(n).isEmpty()).toList();
    Optional<String> refusal =
        missing.isEmpty()
            ? Optional.of(
                new TokenExchange(azure.connection().transport())
                    .attempt(tenant, client, token)
                    .refusal())
            : Optional.empty();
    List<String> unread = new ArrayList<>();
    List<StoredCredential> stored = List.of();
    if (refusal.filter(String::isEmpty).isPresent() || hasPassword()) {
      stored = stored(claims, client, unread);
    } else {
      unread.add("Graph was not asked for credentials, for this job is not logged in");
    }
    return new LiveReport(
        claims, client, missing, refusal, stored, spelling(claims), List.copyOf(unread));
  }

  private String value(String variable) {
    return variables.getOrDefault(variable, "").strip();
  }

  /** Whether the job has another way to log in, and so may read though its token is refused. */
  private boolean hasPassword() {
    return !value("AZURE_CLIENT_SECRET").isEmpty()
        || !value("AZURE_CLIENT_CERTIFICATE_PATH").isEmpty();
  }

  /** As far as whoever is logged in may read: most jobs may not. */
  private List<StoredCredential> stored(JobClaims claims, String client, List<String> unread) {
    try {
      Map<String, JsonNode> applications = new LinkedHashMap<>();
      for (JsonNode application : applications(client)) {
        applications.put(application.path("id").asText(), application);
      }
      return applications.entrySet().stream()
          .flatMap(
              a ->
                  azure.graph().list(Graph.credentials(a.getKey())).stream()
                      .map(c -> StoredCredential.of(a.getValue(), c, claims)))
          .toList();
    } catch (MlopsException | AzureException e) {
      unread.add("Graph does not show credentials to this job: " + firstLine(e));
      return List.of();
    }
  }

  private List<JsonNode> applications(String client) {
    List<JsonNode> all = new ArrayList<>();
    if (client.matches(ID)) {
      all.addAll(Graph.applicationsOf(azure, client));
    }
    for (Profile.Environment environment : profile.environments()) {
      all.addAll(Graph.applications(azure, ApplicationName.of(profile, environment)));
    }
    return all;
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The environment of the profile that the workflow means, and spells otherwise. */
  private Optional<String> spelling(JobClaims claims) {
    return profile.environments().stream()
        .map(e -> profile.gitHub(e).name())
        .filter(name -> name.equalsIgnoreCase(claims.environment()))
        .filter(name -> !name.equals(claims.environment()))
        .findFirst();
  }
}
