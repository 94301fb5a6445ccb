package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mlops.Shared;
import mlops.emulator.http.Route;
import mlops.openapi.Schemas.Located;

/**
 * One operation of one of Microsoft's OpenAPI documents.
 *
 * @param host {@code blob} or {@code dfs}, or the host of Resource Manager
 * @param path with its names in braces, and what selects the operation
 * @param version the version of the document
 */
public record DocumentedOperation(
    String id,
    String host,
    String method,
    String path,
    String version,
    List<Parameter> parameters) {
  private static final String STORAGE = "openapi/specification/storage/data-plane/";
  private static final List<String> METHODS =
      List.of("get", "head", "put", "patch", "post", "delete");

  /**
   * A parameter of the path, the query or the header.
   *
   * @param values what it may be, where the document lists that
   */
  public record Parameter(String name, String in, boolean required, List<String> values) {
    public boolean inPath() {
      return in.equals("path");
    }

    public boolean inQuery() {
      return in.equals("query");
    }

    /** The only value that it may have, by which operations are told apart, or empty. */
    public String selects() {
      return required && values.size() == 1 ? values.get(0) : "";
    }
  }

  /** The operations of the data plane of storage. */
  public static Stream<DocumentedOperation> ofStorage() {
    return Stream.of(
            "Microsoft.BlobStorage/stable/2024-08-04/blob.json",
            "Azure.Storage.Files.DataLake/stable/2023-05-03/DataLakeStorage.json")
        .flatMap(document -> in(Shared.path(STORAGE + document)).stream());
  }

  /** The operations of a document, as it lists them. */
  public static List<DocumentedOperation> in(Path document) {
    Schemas schemas = new Schemas();
    JsonNode root = schemas.document(document);
    List<DocumentedOperation> found = new ArrayList<>();
    for (String paths : List.of("paths", "x-ms-paths")) {
      for (Map.Entry<String, JsonNode> path : root.path(paths).properties()) {
        for (String method : METHODS) {
          JsonNode call = path.getValue().path(method);
          if (!call.isMissingNode()) {
            found.add(
                new DocumentedOperation(
                    call.path("operationId").asText(),
                    host(document),
                    method.toUpperCase(Locale.ROOT),
                    path.getKey(),
                    root.at("/info/version").asText(),
                    parameters(schemas, document, path.getValue(), call)));
          }
        }
      }
    }
    return found;
  }

  private static String host(Path document) {
    if (!document.toString().contains("data-plane")) {
      return Route.ARM;
    }
    if (document.toString().contains("keyvault")) {
      return "vault";
    }
    return document.toString().contains("DataLake") ? "dfs" : "blob";
  }

  private static List<Parameter> parameters(
      Schemas schemas, Path document, JsonNode path, JsonNode call) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (JsonNode owner : List.of(path, call)) {
      for (JsonNode listed : owner.path("parameters")) {
        JsonNode parameter = schemas.resolve(new Located(document, listed)).node();
        String name = parameter.path("name").asText();
        String in = parameter.path("in").asText();
        if (!in.equals("body")) {
          boolean required = parameter.path("required").asBoolean();
          parameters.put(name, new Parameter(name, in, required, values(parameter)));
        }
      }
    }
    return List.copyOf(parameters.values());
  }

  private static List<String> values(JsonNode parameter) {
    return StreamSupport.stream(parameter.path("enum").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
