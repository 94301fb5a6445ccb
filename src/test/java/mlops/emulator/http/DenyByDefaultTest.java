package mlops.emulator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.login.directory.Directory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Every route there is, asked by those who may not: nothing is open by accident. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DenyByDefaultTest {
  private static final String ACCOUNT = "denybydefault";

  /** What is there to find out how to log in, before anyone has. */
  private static final Set<String> OPEN =
      Set.of(
          "GET https://{region}.api.azureml.ms/discovery",
          "GET https://{region}.api.azureml.ms/discovery/workspaces/{*rest}",
          "GET https://login.microsoftonline.com/common/discovery/instance",
          "GET https://login.microsoftonline.com/common/userrealm/{user}",
          "GET https://login.microsoftonline.com/{tenant}/.well-known/openid-configuration",
          "GET https://login.microsoftonline.com/{tenant}/adfs/.well-known/openid-configuration",
          "GET https://login.microsoftonline.com/{tenant}/discovery/keys",
          "GET https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys",
          "GET https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration",
          "GET https://management.azure.com/metadata/endpoints",
          "GET https://token.actions.githubusercontent.com/.well-known/jwks",
          "GET https://token.actions.githubusercontent.com/.well-known/openid-configuration",
          "POST https://login.microsoftonline.com/{tenant}/oauth2/devicecode",
          "POST https://login.microsoftonline.com/{tenant}/oauth2/token",
          "POST https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode",
          "POST https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token");

  private final Map<String, String> tokens = new HashMap<>();

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private Directory directory;
  private String stranger;

  @BeforeEach
  void an_azure_with_a_storage_account_and_a_principal_without_roles() {
    cloud = EmbeddedCloud.in(folder);
    cloud.resources().providers().register("Microsoft.Storage");
    cloud.resources().resourceGroups().define("rg").withRegion("eastus2").create();
    cloud
        .storage()
        .storageAccounts()
        .define(ACCOUNT)
        .withRegion("eastus2")
        .withExistingResourceGroup("rg")
        .create();
    directory = new Directory(cloud.azure().state());
    stranger = directory.managedIdentity("stranger", "/none").objectId();
  }

  @Test
  void only_what_leads_to_a_login_is_open_to_all() {
    TreeSet<String> open = new TreeSet<>();
    routes().filter(r -> r.permission() instanceof Permission.Open).forEach(r -> open.add("" + r));
    assertEquals(new TreeSet<>(OPEN), open);
  }

  @Test
  void without_proof_every_other_route_refuses() {
    Set<String> storage =
        Set.of("NoAuthenticationInformation", "ResourceNotFound", "PublicAccessNotPermitted");
    each(
        routes().filter(r -> !(r.permission() instanceof Permission.Open)),
        route -> {
          Response response = ask(route, new HttpHeaders());
          if (isStorage(route)) {
            String code = response.headers().getValue(HttpHeaderName.fromString("x-ms-error-code"));
            assertTrue(storage.contains(code), route + ": " + response.status() + " " + code);
          } else {
            assertEquals(401, response.status(), route::toString);
          }
        });
  }

  @Test
  void who_holds_no_role_is_told_the_action_and_who_he_is() {
    each(
        routes().filter(r -> r.permission() instanceof Permission.Action),
        route -> {
          Response response = ask(route, as(audience(route)));
          String action = ((Permission.Action) route.permission()).action();
          String body = response.body().toString();
          assertEquals(403, response.status(), () -> route + ": " + body);
          boolean silent = route.method().equals("HEAD");
          assertTrue(silent || body.contains(action), () -> route + ": " + body);
          assertTrue(silent || body.contains(stranger), () -> route + ": " + body);
        });
  }

  @Test
  void who_holds_no_data_role_reaches_nothing_in_storage() {
    each(
        routes().filter(DenyByDefaultTest::isStorage),
        route -> {
          Response response = ask(route, as("https://storage.azure.com"));
          assertEquals(403, response.status(), () -> route + ": " + response.body());
        });
  }

  @Test
  void who_holds_no_data_role_reaches_nothing_in_a_vault() {
    cloud.send(
        "PUT",
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/something?api-version=2023-07-01",
        "{\"location\":\"eastus2\",\"properties\":{\"enableRbacAuthorization\":true,\"sku\":{\"family\":\"A\",\"name\":\"standard\"},\"tenantId\":\"%s\"}}"
            .formatted(EmbeddedAzureOptions.TENANT));
    String version = "7.4";
    each(
        routes().filter(r -> r.toString().contains(".vault.azure.net")),
        10,
        route -> {
          Response response = ask(route, as("https://vault.azure.net"), version);
          assertEquals(403, response.status(), () -> route + ": " + response.body());
          assertTrue(response.body().toString().contains("ForbiddenByRbac"), route::toString);
        });
  }

  private Stream<Route> routes() {
    return cloud.azure().router().all().stream();
  }

  private static void each(Stream<Route> routes, Consumer<Route> check) {
    each(routes, 20, check);
  }

  private static void each(Stream<Route> routes, int least, Consumer<Route> check) {
    List<Route> all = routes.toList();
    assertTrue(all.size() > least, () -> "only " + all.size() + " routes");
    Assertions.assertAll(all.stream().<Executable>map(route -> () -> check.accept(route)));
  }

  private static boolean isStorage(Route route) {
    return route.toString().contains(".core.windows.net");
  }

  private static String audience(Route route) {
    return route.toString().contains(".ml.azure.com") ? "https://ml.azure.com" : EmbeddedCloud.ARM;
  }

  /** One token for all requests: to sign each its own takes time. */
  private HttpHeaders as(String audience) {
    String token = tokens.computeIfAbsent(audience, a -> cloud.tokenOf(stranger, a));
    return new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
  }

  /** Sends what the template of a route asks for. */
  private Response ask(Route route, HttpHeaders headers) {
    return ask(route, headers, "2024-01-01");
  }

  private Response ask(Route route, HttpHeaders headers, String version) {
    String[] name = route.toString().split(" https://", 2);
    String url =
        name[1]
            .replace("{*scope}", EmbeddedCloud.SUBSCRIPTION.substring(1) + "/resourceGroups/rg")
            .replaceAll("\\{\\*\\w+}", "a/b")
            .replace("{subscription}", EmbeddedAzureOptions.SUBSCRIPTION)
            .replace("{account}", ACCOUNT)
            .replace("{region}", "eastus2")
            .replaceAll("\\{\\w+}", "something");
    int slash = url.indexOf('/');
    String target =
        url.substring(slash) + (url.contains("?") ? "&" : "?") + "api-version=" + version;
    headers.set(HttpHeaderName.fromString("x-ms-version"), "2021-08-06");
    return cloud
        .azure()
        .router()
        .handle(
            Request.of(
                name[0],
                url.substring(0, slash),
                target,
                headers,
                BinaryData.fromBytes(new byte[0])));
  }
}
