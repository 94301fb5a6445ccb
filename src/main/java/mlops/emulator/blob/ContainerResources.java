package mlops.emulator.blob;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.blob.lease.LeaseClaim;
import mlops.emulator.blob.request.StorageNames;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * Microsoft.Storage/storageAccounts/blobServices/containers: the containers as ARM sees them, for
 * those who may manage the account but hold no data role.
 */
public final class ContainerResources {
  private static final String COLLECTION =
      "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}/blobServices/default/containers";
  private static final String PATH = COLLECTION + "/{container}";
  private static final String ACTION = "Microsoft.Storage/storageAccounts/blobServices/containers/";

  private final ArmResources resources;
  private final BlobStore store;
  private final BlobAccounts accounts;

  public ContainerResources(ArmResources resources, BlobStore store, BlobAccounts accounts) {
    this.resources = resources;
    this.store = store;
    this.accounts = accounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::create),
        Route.arm("PATCH", PATH, ACTION + "write", this::update),
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, shown(find(r)))),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list));
  }

  private Response create(Request request) {
    String name = request.parameter("container");
    if (!StorageNames.isContainer(name)) {
      throw ApiException.badRequest(
          "ContainerNameInvalid", "The specified resource name contains invalid characters.");
    }
    ObjectNode body = request.json();
    String id = account(request).containerId(name);
    Optional<ContainerInfo> made = store.containers().create(id, info -> with(info, body));
    ContainerInfo info = made.or(() -> change(id, body)).orElseThrow();
    return Response.json(made.isPresent() ? 201 : 200, shown(info));
  }

  private Response update(Request request) {
    find(request);
    String id = account(request).containerId(request.parameter("container"));
    return Response.json(200, shown(change(id, request.json()).orElseThrow()));
  }

  private Optional<ContainerInfo> change(String id, ObjectNode body) {
    return store.containers().update(id, info -> with(info, body));
  }

  private static ContainerInfo with(ContainerInfo info, ObjectNode body) {
    String access = body.path("properties").path("publicAccess").asText(info.publicAccess());
    if (!body.path("properties").has("metadata")) {
      return info.withAccess(access, info.identifiers());
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    body.path("properties")
        .path("metadata")
        .fields()
        .forEachRemaining(e -> metadata.put(e.getKey(), e.getValue().asText()));
    return info.withMetadata(metadata).withAccess(access, info.identifiers());
  }

  private Response delete(Request request) {
    BlobAccounts.Account account = account(request);
    String id = account.containerId(request.parameter("container"));
    LeaseClaim none = new LeaseClaim(null, "container", store.clock().instant());
    store.containers().find(id).ifPresent(info -> none.requireHolder(info.lease()));
    boolean was = store.containers().delete(id);
    return Response.empty(was ? 200 : 204);
  }

  private Response list(Request request) {
    ObjectNode page = Json.object();
    store.containers().list(account(request)).forEach(i -> page.withArray("value").add(shown(i)));
    page.withArray("value");
    return Response.json(200, page);
  }

  private ObjectNode shown(ContainerInfo info) {
    return info.shown(store.clock().instant());
  }

  private ContainerInfo find(Request request) {
    String id = account(request).containerId(request.parameter("container"));
    return store.containers().find(id).orElseThrow(StorageErrors::containerNotFound);
  }

  /** The account of the path, in its own resource group. */
  private BlobAccounts.Account account(Request request) {
    String id = request.id().substring(0, request.id().indexOf("/blobServices"));
    resources.find(id);
    return accounts.find(request.parameter("account")).orElseThrow();
  }
}
