package mlops.emulator.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.token.JsonWebKeySet;
import mlops.emulator.login.token.SigningKey;

/** What a client reads before it logs in: where the endpoints are, and whose authority counts. */
final class OpenIdDocuments {
  private static final String GRAPH_HOST = "graph.microsoft.com";

  private final Tenant tenant;
  private final SigningKey key;

  OpenIdDocuments(Tenant tenant, SigningKey key) {
    this.tenant = tenant;
    this.key = key;
  }

  /** {@code /common/discovery/instance}: the names of the public cloud's authority. */
  Response instance(Request request) {
    ObjectNode found = Json.object();
    found.put(
        "tenant_discovery_endpoint",
        "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration");
    found.put("api-version", "1.1");
    ObjectNode cloud = found.putArray("metadata").addObject();
    cloud.put("preferred_network", Entra.HOST).put("preferred_cache", "login.windows.net");
    cloud
        .putArray("aliases")
        .add(Entra.HOST)
        .add("login.windows.net")
        .add("login.microsoft.com")
        .add("sts.windows.net");
    return Response.json(200, found);
  }

  Response first(Request request) {
    return configuration(request, "", "https://sts.windows.net/%s/");
  }

  Response second(Request request) {
    return configuration(request, "/v2.0", "https://login.microsoftonline.com/%s/v2.0");
  }

  private Response configuration(Request request, String version, String issuer) {
    String named = tenant.require(request.parameter("tenant"));
    String base = tenant.base(request);
    String id = named.equals(Tenant.COMMON) ? "{tenantid}" : tenant.id();
    ObjectNode found = Json.object();
    found.put("token_endpoint", base + "/oauth2" + version + "/token");
    found.put("authorization_endpoint", base + "/oauth2" + version + "/authorize");
    found.put("device_authorization_endpoint", base + "/oauth2" + version + "/devicecode");
    found.put("end_session_endpoint", base + "/oauth2" + version + "/logout");
    found.put("jwks_uri", base + "/discovery" + version + "/keys");
    found.put("issuer", issuer.formatted(id));
    found.put("userinfo_endpoint", "https://" + GRAPH_HOST + "/oidc/userinfo");
    found
        .putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_post")
        .add("private_key_jwt")
        .add("client_secret_basic");
    found.putArray("response_modes_supported").add("query").add("fragment").add("form_post");
    found.putArray("response_types_supported").add("code").add("id_token");
    found.putArray("subject_types_supported").add("pairwise");
    found.putArray("id_token_signing_alg_values_supported").add("RS256");
    found
        .putArray("scopes_supported")
        .add("openid")
        .add("profile")
        .add("email")
        .add("offline_access");
    found.put("tenant_region_scope", "NA").put("cloud_instance_name", "microsoftonline.com");
    found.put("cloud_graph_host_name", "graph.windows.net").put("msgraph_host", GRAPH_HOST);
    return Response.json(200, found);
  }

  Response keys(Request request) {
    tenant.require(request.parameter("tenant"));
    return Response.json(200, JsonWebKeySet.of(key));
  }

  /** {@code /common/userrealm/{user}}: no user here is of another identity provider. */
  Response realm(Request request) {
    ObjectNode realm = Json.object().put("ver", "1.0").put("account_type", "Managed");
    realm.put("domain_name", "mlops.onmicrosoft.com");
    realm.put("cloud_instance_name", "microsoftonline.com");
    return Response.json(200, realm.put("cloud_audience_urn", "urn:federation:MicrosoftOnline"));
  }
}
