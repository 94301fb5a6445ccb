package mlops.steps.github.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.steps.github.login.CredentialOrigin;

/**
 * What stands behind the logins of the jobs of one environment.
 *
 * @param environment as GitHub calls it
 * @param application the name of the application that they are to log in as
 * @param document of that application in Graph; empty where there is none
 * @param credentials its federated credentials
 * @param roles when roles were given to it on the resource group
 * @param variables of the environment
 */
record JobLogin(
    String environment,
    String application,
    Optional<JsonNode> document,
    List<JsonNode> credentials,
    List<Instant> roles,
    Map<String, String> variables) {
  private static final String CLIENT = "AZURE_CLIENT_ID";

  Stream<String> subjects() {
    return credentials.stream().map(c -> c.path("subject").asText());
  }

  /** Whether the jobs log in as this application. */
  boolean isChosen() {
    return member("appId").equals(variables.getOrDefault(CLIENT, member("appId")));
  }

  String member(String name) {
    return document.map(d -> d.path(name).asText()).orElse("");
  }

  /** When its credential for a subject was made, as far as that is known. */
  Optional<Instant> made(String subject) {
    return credentials.stream()
        .filter(c -> c.path("subject").asText().equals(subject))
        .findFirst()
        .flatMap(CredentialOrigin::of)
        .map(CredentialOrigin::made);
  }

  /** For people. */
  List<String> words() {
    if (document.isEmpty()) {
      return List.of("Graph has no application %s".formatted(application));
    }
    Stream<String> of =
        credentials.isEmpty()
            ? Stream.of("no federated credential")
            : credentials.stream()
                .map(
                    c ->
                        "credential %s for %s, of %s, to %s"
                            .formatted(
                                c.path("name").asText(),
                                c.path("subject").asText(),
                                c.path("issuer").asText(),
                                c.at("/audiences/0").asText()));
    Stream<String> client =
        Stream.ofNullable(variables.get(CLIENT))
            .map(
                id ->
                    "GitHub's %s: %s is %s%s"
                        .formatted(
                            environment,
                            CLIENT,
                            id,
                            isChosen() ? "" : ", not that of " + application));
    return Stream.concat(of.map(words -> "Graph's %s: %s".formatted(application, words)), client)
        .toList();
  }
}
