package mlops.emulator.serve;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.Entra;

/**
 * The service as a custom cloud at {@code https://localhost:PORT}: {@code /metadata/endpoints} says
 * where things are, {@code /adfs} is the login, and everything else is Azure Resource Manager.
 */
final class DirectEndpoint {
  private static final String ADFS = "/adfs";
  private static final List<HttpHeaderName> PLACES =
      List.of(HttpHeaderName.LOCATION, HttpHeaderName.fromString("Azure-AsyncOperation"));

  private final String origin;

  DirectEndpoint(int port) {
    this.origin = "https://localhost:" + port;
  }

  Response answer(Request request, Backend backend) {
    if (request.path().equals("/metadata/endpoints")) {
      return metadata(request, backend);
    }
    boolean login = request.path().startsWith(ADFS + "/");
    Response response = backend.handle(request.to(login ? Entra.HOST : Route.ARM));
    HttpHeaders headers = response.headers();
    for (HttpHeaderName name : PLACES) {
      String place = headers.getValue(name);
      if (place != null && place.startsWith("https://" + Route.ARM)) {
        headers.set(name, origin + place.substring(("https://" + Route.ARM).length()));
      }
    }
    return response;
  }

  private Response metadata(Request request, Backend backend) {
    if (!request.method().equals("GET")) {
      return backend.refuse(
          request.to(Route.ARM),
          new ApiException(405, "MethodNotAllowed", "The metadata can only be read."));
    }
    String version = request.queryValue("api-version").orElse("");
    if (version.startsWith("2015-")) {
      return Response.json(200, first());
    }
    ObjectNode cloud = cloud();
    return version.startsWith("2019-")
        ? Response.json(200, Json.MAPPER.createArrayNode().add(cloud))
        : Response.json(200, cloud);
  }

  /** The form of api-version 2015-01-01, which knows few endpoints. */
  private ObjectNode first() {
    ObjectNode found = Json.object();
    found.put("galleryEndpoint", origin).put("graphEndpoint", "https://graph.windows.net/");
    found.put("portalEndpoint", "https://portal.azure.com");
    found.set("authentication", authentication());
    return found;
  }

  private ObjectNode authentication() {
    ObjectNode login = Json.object().put("loginEndpoint", origin + ADFS);
    login
        .putArray("audiences")
        .add("https://management.core.windows.net/")
        .add("https://" + Route.ARM);
    return login.put("tenant", "adfs").put("identityProvider", "ADFS");
  }

  private ObjectNode cloud() {
    ObjectNode cloud = Json.object().put("name", "MlopsLocal");
    cloud.put("portal", "https://portal.azure.com");
    cloud.set("authentication", authentication());
    cloud.put("resourceManager", origin + "/").put("graph", "https://graph.windows.net/");
    cloud.put("microsoftGraphResourceId", "https://graph.microsoft.com/");
    cloud.put("activeDirectoryDataLake", "https://datalake.azure.net/");
    cloud.put("batch", "https://batch.core.windows.net/").put("gallery", origin);
    cloud.put("media", "https://rest.media.azure.net").put("sqlManagement", origin);
    cloud.put("vmImageAliasDoc", "").put("ossrDbmsResourceId", "");
    cloud
        .putObject("suffixes")
        .put("storage", "core.windows.net")
        .put("keyVaultDns", "vault.azure.net")
        .put("acrLoginServer", "azurecr.io")
        .put("sqlServerHostname", "database.windows.net");
    return cloud;
  }
}
