package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.Shared;
import mlops.openapi.Schemas.Located;

/**
 * Microsoft's OpenAPI documents of Azure Resource Manager and of the data plane of key vaults: what
 * may be asked and answered.
 */
public final class OpenApi {
  private static final String DOCUMENTS = "openapi/specification";
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /** One operation of one document. */
  record Operation(
      String version, String path, Pattern pattern, int weight, Located item, Located call) {

    /** Whether a path of so many slashes can be its: to count is quicker than to match. */
    boolean mayHave(long slashes) {
      long own = slashes(path);
      return own == slashes || own == slashes - 1 || (own < slashes && path.startsWith("/{scope}"));
    }
  }

  private final Schemas schemas = new Schemas();
  private final Map<String, List<Operation>> operations = new LinkedHashMap<>();

  /** Read once in a process: there are megabytes of them. */
  private static final class Documents {
    static final OpenApi READ = read();
  }

  private OpenApi() {}

  public static OpenApi load() {
    return Documents.READ;
  }

  private static OpenApi read() {
    OpenApi api = new OpenApi();
    try (Stream<Path> files = Files.walk(Shared.path(DOCUMENTS))) {
      files
          .map(Path::normalize)
          .filter(OpenApi::isChecked)
          .filter(f -> f.toString().endsWith(".json") && !f.toString().contains("examples"))
          .sorted()
          .forEach(api::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return api;
  }

  /** Storage's data plane is held against its documents elsewhere. */
  private static boolean isChecked(Path file) {
    return file.toString().contains("resource-manager") || file.toString().contains("keyvault");
  }

  private void add(Path file) {
    JsonNode document = schemas.document(file);
    String version = document.at("/info/version").asText();
    for (String paths : List.of("paths", "x-ms-paths")) {
      document
          .path(paths)
          .fields()
          .forEachRemaining(e -> addPath(file, version, e.getKey(), e.getValue()));
    }
  }

  private void addPath(Path file, String version, String path, JsonNode item) {
    if (path.startsWith("/{resourceId}") || path.contains("{resourceProviderNamespace}/{")) {
      return; // stands for any resource, so it says nothing about one
    }
    item.fields()
        .forEachRemaining(
            e -> {
              String method = e.getKey().toUpperCase(Locale.ROOT);
              if (!method.equals("PARAMETERS")) {
                operations
                    .computeIfAbsent(method, m -> new ArrayList<>())
                    .add(
                        new Operation(
                            version,
                            path,
                            pattern(path),
                            PARAMETER.matcher(path).replaceAll("").length(),
                            new Located(file, item),
                            new Located(file, e.getValue())));
              }
            });
  }

  private static Pattern pattern(String path) {
    StringBuilder regex = new StringBuilder();
    Matcher names = PARAMETER.matcher(path);
    int end = 0;
    while (names.find()) {
      regex.append(Pattern.quote(path.substring(end, names.start())));
      boolean many = path.startsWith("/{scope}") && names.start() == 1;
      regex.append(many ? "(.+)" : "([^/]+)");
      end = names.end();
    }
    regex.append(Pattern.quote(path.substring(end)));
    return Pattern.compile(regex + "/?", Pattern.CASE_INSENSITIVE);
  }

  Schemas schemas() {
    return schemas;
  }

  /** The newest document of an operation, such as {@code PUT /subscriptions/{}}. */
  Optional<Operation> latest(String route) {
    String[] parts = route.split(" ", 2);
    return operations.getOrDefault(parts[0], List.of()).stream()
        .filter(
            o ->
                PARAMETER
                    .matcher(o.path())
                    .replaceAll("{}")
                    .replaceAll("/$", "")
                    .equalsIgnoreCase(parts[1]))
        .max(Comparator.comparing(Operation::version));
  }

  /** The parameters of an operation, those of its path among them. */
  List<Located> parameters(Operation operation) {
    List<Located> all = new ArrayList<>();
    for (Located owner : List.of(operation.item(), operation.call())) {
      owner
          .node()
          .path("parameters")
          .forEach(p -> all.add(schemas.resolve(new Located(owner.file(), p))));
    }
    return all;
  }

  /** What is wrong with an exchange; empty where no document describes it at all. */
  public Optional<List<String>> violations(Exchange exchange) {
    URI url = exchange.url();
    String path = url.getPath().replaceAll("/{2,}", "/");
    long slashes = slashes(path);
    String version = query(url).getOrDefault("api-version", "");
    List<Operation> matching =
        operations.getOrDefault(exchange.method(), List.of()).stream()
            .filter(o -> o.mayHave(slashes) && o.pattern().matcher(path).matches())
            .toList();
    Optional<Operation> best =
        matching.stream()
            .max(
                Comparator.comparingInt(Operation::weight)
                    .thenComparing(o -> o.version().equals(version))
                    .thenComparing(Operation::version));
    return best.map(operation -> new OperationCheck(schemas, operation).check(exchange, path));
  }

  private static long slashes(String path) {
    long count = 0;
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      count++;
    }
    return count;
  }

  static Map<String, String> query(URI url) {
    Map<String, String> values = new LinkedHashMap<>();
    String query = url.getQuery();
    for (String pair : (query == null ? "" : query).split("&")) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        values.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
    }
    return values;
  }
}
