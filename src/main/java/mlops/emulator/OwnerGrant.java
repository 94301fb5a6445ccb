package mlops.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;

/** Makes a service principal owner of the subscription, by the request that anyone would send. */
record OwnerGrant(Router router, String token, String subscription) {
  private static final String ROLE =
      "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  void to(String objectId) {
    String name = UUID.nameUUIDFromBytes(objectId.getBytes(UTF_8)).toString();
    String target =
        "/subscriptions/%s/providers/Microsoft.Authorization/roleAssignments/%s?api-version=2022-04-01"
            .formatted(subscription, name);
    ObjectNode body = Json.object();
    body.putObject("properties")
        .put("roleDefinitionId", ROLE)
        .put("principalId", objectId)
        .put("principalType", "ServicePrincipal");
    HttpHeaders headers =
        new HttpHeaders()
            .set(HttpHeaderName.AUTHORIZATION, "Bearer " + token)
            .set(HttpHeaderName.CONTENT_TYPE, "application/json");
    BinaryData json = BinaryData.fromBytes(Json.bytes(body));
    Response granted = router.handle(Request.of("PUT", Route.ARM, target, headers, json));
    if (granted.status() >= 300 && granted.status() != 409) { // 409: it was granted before
      throw new IllegalStateException("the local application is not owner: " + granted.body());
    }
  }
}
