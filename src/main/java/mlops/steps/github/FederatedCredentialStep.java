package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.assets.content.Digest;
import mlops.azure.Azure;
import mlops.azure.RestClient;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.ApplicationStep.Application;
import mlops.steps.github.login.CredentialOrigin;
import mlops.steps.github.login.Graph;

/**
 * The application takes the tokens of the environment's jobs: a federated credential with exactly
 * their subject. Its name holds a hash of the subject, so that one of before can stay beside it.
 */
public final class FederatedCredentialStep implements Step {
  /** Names of credentials that connect makes begin so. */
  public static final String PREFIX = "mlops-";

  static final String AUDIENCE = "api://AzureADTokenExchange";
  private static final int HASH = 8;
  private static final String SUBJECT = "subject";

  private final Azure azure;
  private final String issuer;
  private final String environment;
  private final Output<Application> application;
  private final Supplier<String> subject;
  private final boolean renewed;
  private final Clock clock;

  /**
   * @param issuer of the tokens
   * @param environment as GitHub calls it
   * @param subject known once the repository is
   * @param renewed whether one that is there is deleted and made again
   */
  FederatedCredentialStep(
      Azure azure,
      String issuer,
      String environment,
      Output<Application> application,
      Supplier<String> subject,
      boolean renewed,
      Clock clock) {
    this.azure = azure;
    this.issuer = issuer;
    this.environment = environment;
    this.application = application;
    this.subject = subject;
    this.renewed = renewed;
    this.clock = clock;
  }

  @Override
  public String describe() {
    return "federated credential of " + environment;
  }

  @Override
  public Change check() {
    String wanted = subject.get();
    Optional<Application> known = application.ifKnown();
    if (known.isEmpty()) {
      return Change.create("for " + wanted);
    }
    List<JsonNode> all = azure.graph().list(Graph.credentials(known.get().objectId()));
    Optional<JsonNode> same = all.stream().filter(c -> isFor(c, wanted)).findFirst();
    if (same.isPresent() && renewed) {
      return Change.update("made again, for " + wanted);
    }
    if (same.isPresent()) {
      return takesAudience(same.get())
          ? Change.none("for " + wanted)
          : Change.update(
              "audience %s → %s".formatted(same.get().at("/audiences/0").asText(), AUDIENCE));
    }
    return Change.create("for " + wanted + instead(all));
  }

  private boolean isFor(JsonNode credential, String wanted) {
    return credential.path("issuer").asText().equals(issuer)
        && credential.path(SUBJECT).asText().equals(wanted);
  }

  private static boolean takesAudience(JsonNode credential) {
    return credential.at("/audiences/0").asText().equals(AUDIENCE);
  }

  /** What is there is told, for it looks right and is not: by ids or by capitals alone. */
  private static String instead(List<JsonNode> all) {
    return all.isEmpty()
        ? ""
        : "; there is "
            + String.join(", ", all.stream().map(c -> c.path(SUBJECT).asText()).toList())
            + ", which GitHub's tokens do not say";
  }

  @Override
  public void apply(StepMessages messages) {
    String wanted = subject.get();
    String collection = Graph.credentials(application.get().objectId());
    azure.graph().list(collection).stream()
        .filter(c -> isFor(c, wanted))
        .forEach(c -> azure.graph().delete(collection + "/" + c.path("id").asText()));
    ObjectNode body =
        RestClient.JSON
            .createObjectNode()
            .put("name", name(wanted))
            .put("issuer", issuer)
            .put(SUBJECT, wanted)
            .put("description", CredentialOrigin.of(environment, clock.instant()).description());
    body.putArray("audiences").add(AUDIENCE);
    String id = body.path("name").asText();
    azure
        .creation()
        .post(
            collection,
            body,
            () ->
                azure.graph().list(collection).stream()
                    .filter(c -> c.path("name").asText().equals(id))
                    .findFirst());
  }

  private String name(String wanted) {
    String plain = environment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Digest hash = Digest.sha256();
    hash.text(wanted);
    return "%s%s-%s".formatted(PREFIX, plain, hash.hex().substring(0, HASH));
  }
}
