package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.Shared;

/** GitHub's own description of its REST API (OpenAPI 3), against which exchanges are held. */
public final class GitHubDescription {
  /** What every operation may answer, whether its description says so or not. */
  private static final List<Integer> ALWAYS = List.of(301, 307, 401, 403, 404, 409, 422);

  private static final String PATHS = "paths";

  private final JsonNode document;

  /** Read once in a process. */
  private static final class Document {
    static final GitHubDescription READ = new GitHubDescription();
  }

  private GitHubDescription() {
    try {
      document = new ObjectMapper().readTree(Shared.path("github/api.github.com.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static GitHubDescription load() {
    return Document.READ;
  }

  /** What is wrong with an exchange; a text that says so where no path describes it. */
  public List<String> violations(Exchange exchange) {
    String where = "%s %s".formatted(exchange.method(), exchange.url().getPath());
    Optional<JsonNode> operation = operation(exchange);
    if (operation.isEmpty()) {
      return List.of(where + ": not in the description");
    }
    List<String> found = new ArrayList<>();
    JsonNode response =
        resolve(operation.get().path("responses").path(String.valueOf(exchange.status())));
    JsonNode schema = response.at("/content/application~1json/schema");
    NullableSchema check = new NullableSchema(this::resolve);
    if (exchange.status() < 300) {
      JsonNode asked = operation.get().at("/requestBody/content/application~1json/schema");
      if (!asked.isMissingNode() && !exchange.requestBody().isMissingNode()) {
        found.addAll(check.mistakes(asked, exchange.requestBody(), "request $"));
      }
    }
    if (response.isMissingNode() && !ALWAYS.contains(exchange.status())) {
      found.add("the status " + exchange.status() + " is not in the description");
    } else if (exchange.status() >= 300) {
      boolean led = exchange.status() == 302 || exchange.status() == 303;
      boolean told = led || exchange.responseBody().has("message");
      found.addAll(told ? List.of() : List.of("a refusal has a message"));
    } else if (!schema.isMissingNode()) {
      found.addAll(check.mistakes(schema, exchange.responseBody(), "$"));
    }
    return found.stream().map(f -> where + " → " + exchange.status() + ": " + f).toList();
  }

  /** Of several paths that fit, the one with the fewest names. */
  private Optional<JsonNode> operation(Exchange exchange) {
    String path = exchange.url().getRawPath();
    return document.path(PATHS).properties().stream()
        .filter(p -> path.matches(p.getKey().replaceAll("\\{[^}]+}", "[^/]+")))
        .min(Comparator.comparingLong(p -> p.getKey().chars().filter(c -> c == '{').count()))
        .map(Map.Entry::getValue)
        .map(item -> item.path(exchange.method().toLowerCase(Locale.ROOT)))
        .filter(operation -> !operation.isMissingNode());
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }
}
