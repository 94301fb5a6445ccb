package mlops.emulator.blob;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import mlops.Shared;
import mlops.emulator.http.Json;

/**
 * One operation of Microsoft's OpenAPI documents of the data plane of storage.
 *
 * @param host {@code blob} or {@code dfs}
 * @param path with its names in braces, and what selects the operation
 * @param parameters of the query and the header
 */
record DocumentedOperation(
    String id, String host, String method, String path, List<Parameter> parameters) {
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "blob", "Microsoft.BlobStorage/stable/2024-08-04/blob.json",
          "dfs", "Azure.Storage.Files.DataLake/stable/2023-05-03/DataLakeStorage.json");

  /**
   * A parameter in the query or the header.
   *
   * @param selects the only value that it may have, by which operations are told apart, or empty
   */
  record Parameter(String name, String in, boolean required, String selects) {
    boolean inQuery() {
      return in.equals("query");
    }
  }

  static Stream<DocumentedOperation> all() {
    return DOCUMENTS.keySet().stream().sorted().flatMap(DocumentedOperation::read);
  }

  private static Stream<DocumentedOperation> read(String host) {
    JsonNode document = document(Objects.requireNonNull(DOCUMENTS.get(host)));
    List<DocumentedOperation> found = new ArrayList<>();
    for (String paths : List.of("paths", "x-ms-paths")) {
      document
          .path(paths)
          .fields()
          .forEachRemaining(path -> operations(host, document, path).forEach(found::add));
    }
    return found.stream();
  }

  private static List<DocumentedOperation> operations(
      String host, JsonNode document, Map.Entry<String, JsonNode> path) {
    List<DocumentedOperation> found = new ArrayList<>();
    path.getValue()
        .fields()
        .forEachRemaining(
            call -> {
              if (!call.getKey().equals("parameters")) {
                Map<String, Parameter> parameters = new LinkedHashMap<>();
                add(document, path.getValue(), parameters);
                add(document, call.getValue(), parameters);
                found.add(
                    new DocumentedOperation(
                        call.getValue().path("operationId").asText(),
                        host,
                        call.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        List.copyOf(parameters.values())));
              }
            });
    return found;
  }

  private static void add(JsonNode document, JsonNode owner, Map<String, Parameter> parameters) {
    for (JsonNode listed : owner.path("parameters")) {
      JsonNode parameter =
          listed.has("$ref") ? document.at(listed.path("$ref").asText().substring(1)) : listed;
      String in = parameter.path("in").asText();
      if (in.equals("query") || in.equals("header")) {
        JsonNode values = parameter.path("enum");
        boolean selects = values.size() == 1 && parameter.path("required").asBoolean();
        parameters.put(
            parameter.path("name").asText(),
            new Parameter(
                parameter.path("name").asText(),
                in,
                parameter.path("required").asBoolean(),
                selects ? values.get(0).asText() : ""));
      }
    }
  }

  private static JsonNode document(String path) {
    try {
      return Json.MAPPER.readTree(
          Shared.path("openapi/specification/storage/data-plane").resolve(path).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
