package mlops.emulator.blob.dfs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.rest.ContainerOperations;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Containers as the DFS endpoint calls them. */
final class Filesystems {
  private static final int LARGEST_PAGE = 5000;

  Response list(StorageRequest request) {
    String prefix = request.query("prefix").orElse("");
    String start = request.query("continuation").orElse("");
    int limit = request.count("maxresults", LARGEST_PAGE);
    List<ContainerInfo> found =
        request.store().containers().list(request.account()).stream()
            .filter(c -> c.name().startsWith(prefix) && c.name().compareTo(start) >= 0)
            .toList();
    ObjectNode body = Json.object();
    ArrayNode filesystems = body.putArray("filesystems");
    found.stream()
        .limit(limit)
        .forEach(
            c ->
                filesystems
                    .addObject()
                    .put("name", c.name())
                    .put("lastModified", HttpDates.write(c.lastModified()))
                    .put("etag", c.etag()));
    Response response = Response.json(200, body);
    return found.size() > limit
        ? response.with("x-ms-continuation", found.get(limit).name())
        : response;
  }

  Response create(StorageRequest request) {
    Map<String, String> metadata = PathProperties.read(request);
    ContainerInfo made =
        request
            .store()
            .containers()
            .create(request.containerId(), info -> info.withMetadata(metadata))
            .orElseThrow(StorageErrors::containerAlreadyExists);
    ContainerOperations.ownRoot(request);
    return BlobHeaders.changed(201, made)
        .with("x-ms-namespace-enabled", "" + request.account().hierarchical());
  }

  Response properties(StorageRequest request) {
    ContainerInfo info = ContainerOperations.find(request);
    return BlobHeaders.changed(200, info)
        .with("x-ms-namespace-enabled", "" + request.account().hierarchical())
        .with("x-ms-properties", PathProperties.write(info.metadata()));
  }

  Response setProperties(StorageRequest request) {
    Map<String, String> metadata = PathProperties.read(request);
    return ContainerOperations.update(
        request, request.conditions(), info -> info.withMetadata(metadata));
  }

  Response delete(StorageRequest request) {
    return new ContainerOperations().delete(request);
  }
}
