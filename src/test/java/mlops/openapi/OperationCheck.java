package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.openapi.Schemas.Located;

/** Holds one exchange against one operation. */
final class OperationCheck {
  private static final Pattern NAME = Pattern.compile("\\{([^}]+)}");

  private final Schemas schemas;
  private final OpenApi.Operation operation;

  OperationCheck(Schemas schemas, OpenApi.Operation operation) {
    this.schemas = schemas;
    this.operation = operation;
  }

  List<String> check(Exchange exchange, String path) {
    Map<String, String> query = OpenApi.query(exchange.url());
    boolean newer = query.getOrDefault("api-version", "").compareTo(operation.version()) > 0;
    List<String> found = new ArrayList<>();
    boolean refused = exchange.status() >= 400;
    if (!refused) { // a refusal may be about just that
      parameters(path, query, newer, found);
      body(exchange, newer, found);
    }
    answer(exchange, newer, found);
    String where =
        "%s %s (%s) → %d: "
            .formatted(exchange.method(), operation.path(), operation.version(), exchange.status());
    return found.stream().map(where::concat).toList();
  }

  private List<JsonNode> declared() {
    List<JsonNode> all = new ArrayList<>();
    for (Located owner : List.of(operation.item(), operation.call())) {
      owner
          .node()
          .path("parameters")
          .forEach(p -> all.add(schemas.resolve(new Located(owner.file(), p)).node()));
    }
    return all;
  }

  private void parameters(
      String path, Map<String, String> query, boolean newer, List<String> found) {
    Matcher values = operation.pattern().matcher(path);
    Matcher names = NAME.matcher(operation.path());
    values.matches();
    List<String> order = names.results().map(r -> r.group(1)).toList();
    Set<String> known = new HashSet<>();
    for (JsonNode parameter : declared()) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("path") && order.contains(name)) {
        String value = values.group(order.indexOf(name) + 1);
        found.addAll(SchemaCheck.textMistakes(parameter, value, "{" + name + "}"));
      }
      if (parameter.path("in").asText().equals("query")) {
        known.add(Schemas.lower(name));
        if (parameter.path("required").asBoolean() && !query.containsKey(name)) {
          found.add("?" + name + ": required");
        }
      }
    }
    for (String name : query.keySet()) {
      if (!known.contains(Schemas.lower(name)) && !newer) {
        found.add("?" + name + ": not in the document");
      }
    }
  }

  private void body(Exchange exchange, boolean newer, List<String> found) {
    for (Located owner : List.of(operation.item(), operation.call())) {
      for (JsonNode given : owner.node().path("parameters")) {
        Located parameter = schemas.resolve(new Located(owner.file(), given));
        if (parameter.node().path("in").asText().equals("body")) {
          if (!exchange.requestBody().isMissingNode()) {
            Located schema = new Located(parameter.file(), parameter.node().path("schema"));
            found.addAll(
                new SchemaCheck(schemas, true, !newer)
                    .check(schema, exchange.requestBody()).stream()
                        .map("request "::concat)
                        .toList());
          } else if (parameter.node().path("required").asBoolean()) {
            found.add("request: a body is required");
          }
        }
      }
    }
  }

  private void answer(Exchange exchange, boolean newer, List<String> found) {
    JsonNode responses = operation.call().node().path("responses");
    String status = Integer.toString(exchange.status());
    boolean refused = exchange.status() >= 400;
    JsonNode declared =
        responses.has(status) || !refused ? responses.path(status) : responses.path("default");
    if (declared.isMissingNode()) {
      boolean polled =
          exchange.status() == 202
              && operation.call().node().path("x-ms-long-running-operation").asBoolean();
      if (!refused && !polled) { // Azure accepts what takes long also where its document forgot it
        found.add("the status is not in the document");
      }
      return;
    }
    Located response = schemas.resolve(new Located(operation.call().file(), declared));
    if (response.node().has("schema") && !exchange.method().equals("HEAD")) {
      if (exchange.responseBody().isMissingNode()) {
        found.add("response: a body is expected");
      } else {
        Located schema = new Located(response.file(), response.node().path("schema"));
        found.addAll(
            new SchemaCheck(schemas, false, !newer)
                .check(schema, exchange.responseBody()).stream().map("response "::concat).toList());
      }
    }
  }
}
