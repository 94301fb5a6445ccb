package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * The settings of an account's services: {@code blobServices/default} and its three siblings. Those
 * of files, queues and tables are kept and change nothing, as these services are not embedded; of
 * blobs, {@code fields.json} names what is refused.
 */
public final class StorageServices {
  private static final TrackedType ACCOUNT = new TrackedType("Microsoft.Storage/storageAccounts");

  private final ArmResources resources;

  public StorageServices(ArmResources resources) {
    this.resources = resources;
  }

  /**
   * One of the services.
   *
   * @param name as in the path
   * @param hasSku whether Azure shows the SKU of the account with it
   * @param defaults fills the properties of a new account
   */
  private record Kind(String name, boolean hasSku, Consumer<ObjectNode> defaults) {

    String path() {
      return ACCOUNT.path() + "/" + name;
    }

    String type() {
      return ACCOUNT.name() + "/" + name;
    }
  }

  public List<Route> routes() {
    return Stream.of(
            new Kind("blobServices", true, StorageServices::blobs),
            new Kind("fileServices", true, StorageServices::files),
            new Kind("queueServices", false, properties -> {}),
            new Kind("tableServices", false, properties -> {}))
        .flatMap(this::routes)
        .toList();
  }

  private Stream<Route> routes(Kind kind) {
    String read = kind.type() + "/read";
    String one = kind.path() + "/{service}";
    return Stream.of(
        Route.arm("GET", kind.path(), read, r -> list(kind, r)),
        Route.arm("GET", one, read, r -> Response.json(200, find(kind, r))),
        Route.arm("PUT", one, kind.type() + "/write", r -> set(kind, r)));
  }

  private Response list(Kind kind, Request request) {
    return ArmResources.page(List.of(find(kind, request.id())));
  }

  /** What a PUT leaves out stays as it is. */
  private Response set(Kind kind, Request request) {
    ObjectNode asked = request.json().withObject("/properties");
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode document = find(kind, request);
              document.withObject("/properties").setAll(asked);
              resources.state().write(document.path("id").asText(), document);
              return Response.json(200, document);
            });
  }

  private ObjectNode find(Kind kind, Request request) {
    if (!request.parameter("service").equalsIgnoreCase("default")) {
      throw ApiException.badRequest(
          "InvalidValuesForRequestParameters",
          "Values for request parameters are invalid: %sName.".formatted(kind.name()));
    }
    return find(kind, ArmResources.parent(request.id()));
  }

  /**
   * The service as it is.
   *
   * @param collection the id of all services of its kind
   */
  private ObjectNode find(Kind kind, String collection) {
    ObjectNode account = resources.find(ArmResources.parent(collection));
    String id = collection + "/default";
    ObjectNode document = ArmResources.envelope(id, kind.type());
    if (kind.hasSku()) {
      document.set("sku", account.path("sku").deepCopy());
    }
    ObjectNode properties = Json.object();
    properties.putObject("cors").putArray("corsRules");
    kind.defaults().accept(properties);
    document.set(
        "properties",
        resources.state().read(id, d -> d.withObject("/properties").deepCopy()).orElse(properties));
    return document;
  }

  private static void blobs(ObjectNode properties) {
    properties
        .putObject("deleteRetentionPolicy")
        .put("allowPermanentDelete", false)
        .put("enabled", false);
  }

  private static void files(ObjectNode properties) {
    properties.putObject("protocolSettings").putObject("smb");
    properties.putObject("shareDeleteRetentionPolicy").put("enabled", true).put("days", 7);
  }
}
