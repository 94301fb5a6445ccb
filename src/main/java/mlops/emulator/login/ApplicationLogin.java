package mlops.emulator.login;

import java.util.Optional;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.ClientSecrets;

/** The client credentials grant: an application logs in as itself. */
final class ApplicationLogin {
  private static final String BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final ClientApplications clients;
  private final ClientSecrets secrets;
  private final FederatedLogin federated;
  private final TokenResponse answer;
  private final String tenant;

  ApplicationLogin(
      ClientApplications clients,
      ClientSecrets secrets,
      FederatedLogin federated,
      TokenResponse answer,
      String tenant) {
    this.clients = clients;
    this.secrets = secrets;
    this.federated = federated;
    this.answer = answer;
    this.tenant = tenant;
  }

  Response logIn(TokenForm form) {
    ClientApplications.Client client = clients.require(form.need("client_id"));
    prove(client, form);
    return answer.of(client.principal(), TokenScope.of(form, true, tenant), client.id(), form);
  }

  private void prove(ClientApplications.Client client, TokenForm form) {
    Optional<String> assertion = form.find("client_assertion");
    if (assertion.isPresent()) {
      if (!form.need("client_assertion_type").equals(BEARER)) {
        throw AuthErrors.brokenAssertion();
      }
      federated.require(client, assertion.get());
      return;
    }
    String secret = form.find("client_secret").orElseThrow(AuthErrors::noCredential);
    if (!secrets.matches(client.principal().appId(), secret)) {
      throw AuthErrors.wrongSecret(client.id());
    }
  }
}
