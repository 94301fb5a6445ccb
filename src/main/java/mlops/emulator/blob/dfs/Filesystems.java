package mlops.emulator.blob.dfs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.rest.ContainerOperations;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Containers as the DFS endpoint calls them. */
final class Filesystems {
  private static final int LARGEST_PAGE = 5000;

  Response list(StorageRequest call) {
    String prefix = call.query("prefix").orElse("");
    String start = call.query("continuation").orElse("");
    int limit = call.count("maxresults", LARGEST_PAGE);
    List<ContainerInfo> found =
        call.store().containers().list(call.account()).stream()
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
                    .put("lastModified", BlobHeaders.date(c.lastModified()))
                    .put("etag", c.etag()));
    Response response = Response.json(200, body);
    return found.size() > limit
        ? response.with("x-ms-continuation", found.get(limit).name())
        : response;
  }

  Response create(StorageRequest call) {
    Map<String, String> metadata = PathProperties.read(call);
    ContainerInfo made =
        call.store()
            .containers()
            .create(call.containerId(), info -> info.withMetadata(metadata))
            .orElseThrow(StorageErrors::containerAlreadyExists);
    return BlobHeaders.changed(201, made.etag(), made.lastModified())
        .with("x-ms-namespace-enabled", "" + call.account().hierarchical());
  }

  Response properties(StorageRequest call) {
    ContainerInfo info = ContainerOperations.find(call);
    return BlobHeaders.changed(200, info.etag(), info.lastModified())
        .with("x-ms-namespace-enabled", "" + call.account().hierarchical())
        .with("x-ms-properties", PathProperties.write(info.metadata()));
  }

  Response setProperties(StorageRequest call) {
    Map<String, String> metadata = PathProperties.read(call);
    Conditions conditions = call.conditions();
    ContainerInfo changed =
        call.store()
            .containers()
            .update(
                call.containerId(),
                info -> {
                  conditions.checkWrite(info.etag(), info.lastModified());
                  return info.withMetadata(metadata);
                })
            .orElseThrow(StorageErrors::containerNotFound);
    return BlobHeaders.changed(200, changed.etag(), changed.lastModified());
  }

  Response delete(StorageRequest call) {
    return new ContainerOperations().delete(call);
  }
}
