package mlops.emulator.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.FederatedCredential;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.directory.Propagation;
import mlops.emulator.state.StateTree;

/** The applications that may ask for tokens: the tenant's own, and a few of Microsoft's. */
final class ClientApplications {
  static final String APPLICATIONS = "/directory/applications";

  /** Public clients that every tenant knows, by client id. */
  private static final Map<String, String> MICROSOFT =
      Map.of(
          "04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Microsoft Azure CLI",
          "1950a258-227b-4e31-a9cf-717495945fc2", "Microsoft Azure PowerShell",
          "aebc6443-996d-45c2-90f0-388ff96faa56", "Visual Studio Code",
          "872cd9fa-d31f-45e0-9eab-6e460a02d1f1", "Visual Studio");

  /** An application that asks for a token for itself, and whose tokens may act as it. */
  record Client(String id, Principal principal, List<FederatedCredential> federations) {}

  private final StateTree state;
  private final Directory directory;
  private final String tenant;
  private final Propagation propagation;
  private final Clock clock;

  ClientApplications(
      StateTree state, Directory directory, String tenant, Propagation propagation, Clock clock) {
    this.state = state;
    this.directory = directory;
    this.tenant = tenant;
    this.propagation = propagation;
    this.clock = clock;
  }

  /** Asks that users may log in to this client. */
  void requirePublic(String clientId) {
    if (!MICROSOFT.containsKey(clientId) && application(clientId).isEmpty()) {
      throw AuthErrors.unknownApplication(clientId, tenant);
    }
  }

  /** The service principal that a client acts as. */
  Client require(String clientId) {
    Optional<ObjectNode> application = application(clientId);
    Optional<ObjectNode> principal = servicePrincipal(clientId);
    if (application.isEmpty() && principal.isEmpty()) {
      throw AuthErrors.unknownApplication(clientId, tenant);
    }
    ObjectNode found = principal.orElseThrow(() -> AuthErrors.noServicePrincipal(clientId, tenant));
    String id = found.path("id").asText();
    boolean managed = found.path("servicePrincipalType").asText().equals("ManagedIdentity");
    String credentials =
        managed
            ? found.at("/alternativeNames/1").asText()
            : APPLICATIONS + "/" + application.map(a -> a.path("id").asText()).orElse("none");
    return new Client(
        clientId,
        directory.find(id).orElseThrow(),
        state.list(credentials + "/federatedIdentityCredentials").stream()
            .map(c -> propagation.known(c, clock.instant()))
            .toList());
  }

  private Optional<ObjectNode> application(String clientId) {
    return withAppId(state.list(APPLICATIONS).stream(), clientId);
  }

  private Optional<ObjectNode> servicePrincipal(String clientId) {
    return withAppId(directory.objects().stream(), clientId);
  }

  private static Optional<ObjectNode> withAppId(Stream<ObjectNode> all, String clientId) {
    return all.filter(o -> o.path("appId").asText().equalsIgnoreCase(clientId)).findFirst();
  }
}
