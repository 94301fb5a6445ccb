package mlops.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.blob.StorageRig;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.openapi.DocumentedOperation;
import mlops.openapi.DocumentedOperation.Parameter;

/**
 * Asks an embedded Azure for documented operations, each with nothing but what it must have. Most
 * answers are refusals, and all but 501 come from a route that knows the operation.
 */
final class OperationProbe {
  private static final String CONTAINER = "container";
  private static final String AUTHORIZATION =
      EmbeddedCloud.SUBSCRIPTION.substring(1) + "/providers/Microsoft.Authorization/";

  private final StorageRig storage;
  private final String armToken;
  private final String storageToken;
  private final String vaultToken;

  /**
   * What became of an operation.
   *
   * @param route that answers the request, if there is one
   * @param code Azure's code of a refusal
   */
  record Answer(Request request, Optional<Route> route, int status, String code, String body) {

    /** Whether there is a route that can succeed. */
    boolean isServed() {
      return route.isPresent() && route.get().isBuilt();
    }

    /**
     * Whether it is a 501 in Azure's form that says what was asked for, as far as it has a body; a
     * route that never succeeds words it in its own way, or knows that nothing is there.
     */
    boolean isRefusedByName() {
      if (route.isPresent() && !route.get().isBuilt()) {
        return status == 404 || (status == 501 && body.contains("The embedded Azure has no "));
      }
      boolean named = body.contains(request.method()) && body.contains(request.path());
      return status == 501
          && code.equals("NotImplemented")
          && (named || request.method().equals("HEAD"));
    }

    @Override
    public String toString() {
      return "%d %s %s (%s)".formatted(status, code, body, request);
    }
  }

  private OperationProbe(StorageRig storage) {
    this.storage = storage;
    armToken = storage.cloud().userToken(EmbeddedCloud.ARM);
    storageToken = storage.cloud().userToken("https://storage.azure.com");
    vaultToken = storage.cloud().userToken("https://vault.azure.net");
  }

  /** On an Azure with storage accounts of both kinds, a container and a blob in each. */
  static OperationProbe in(Path folder) {
    StorageRig storage = StorageRig.in(folder);
    for (String account : new String[] {"flat", "deep"}) {
      storage.grant(StorageRig.OWNER, StorageRig.id(account));
      storage.store().createContainer(account, CONTAINER);
      storage.store().put(account, CONTAINER, "blob", "content".getBytes(UTF_8), "text/plain");
    }
    return new OperationProbe(storage);
  }

  Answer ask(DocumentedOperation operation) {
    Request request = request(operation);
    Response response = storage.cloud().azure().router().handle(request);
    String code = response.headers().getValue(HttpHeaderName.fromString("x-ms-error-code"));
    return new Answer(
        request,
        storage.cloud().azure().router().find(request),
        response.status(),
        code == null ? "" : code,
        String.valueOf(response.body()));
  }

  private Request request(DocumentedOperation operation) {
    String path = operation.path().replaceFirst("\\?.*", "");
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaderName.AUTHORIZATION, "Bearer " + token(operation));
    for (Parameter parameter : operation.parameters()) {
      String value = value(operation, parameter);
      if (parameter.inPath()) {
        path = path.replace("{" + parameter.name() + "}", value);
      } else if (parameter.required() && parameter.inQuery()) {
        query.add(parameter.name() + "=" + value);
      } else if (parameter.required() && !parameter.name().equals("Content-Length")) {
        headers.set(HttpHeaderName.fromString(parameter.name()), value);
      }
    }
    return Request.of(
        operation.method(), host(operation), path + query, headers, BinaryData.fromString(""));
  }

  private String token(DocumentedOperation operation) {
    return switch (operation.host()) {
      case Route.ARM -> armToken;
      case "vault" -> vaultToken;
      default -> storageToken;
    };
  }

  private static String host(DocumentedOperation operation) {
    return switch (operation.host()) {
      case "blob" -> "flat.blob.core.windows.net";
      case "dfs" -> "deep.dfs.core.windows.net";
      case "vault" -> "something.vault.azure.net";
      default -> operation.host();
    };
  }

  /** A value that is accepted as far as that can be known. */
  private static String value(DocumentedOperation operation, Parameter parameter) {
    if (!parameter.values().isEmpty()) {
      return parameter.values().get(0);
    }
    return switch (parameter.name()) {
      case "api-version" -> operation.version();
      case "x-ms-version" -> "2021-08-06";
      case "subscriptionId" -> EmbeddedAzureOptions.SUBSCRIPTION;
      case "tenantId" -> EmbeddedAzureOptions.TENANT;
      case "scope" -> EmbeddedCloud.SUBSCRIPTION.substring(1) + "/resourceGroups/other";
      case "resourceId" -> StorageRig.id("other").substring(1);
      case "resourceProviderNamespace" -> "Microsoft.Storage";
      case "resourceType" -> "storageAccounts";
      case "parentResourcePath" -> "";
      case "roleAssignmentId" -> AUTHORIZATION + "roleAssignments/other";
      case "roleId" -> AUTHORIZATION + "roleDefinitions/other";
      case "denyAssignmentId" -> AUTHORIZATION + "denyAssignments/other";
      case "containerName", "filesystem" -> CONTAINER;
      case "blob", "path" -> "blob";
      case "x-ms-copy-source" -> "https://flat.blob.core.windows.net/container/blob";
      case "position", "x-ms-blob-content-length" -> "512";
      default -> "something";
    };
  }
}
