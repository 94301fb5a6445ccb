package mlops.operations;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.openapi.DocumentedOperation;

/** {@code docs/operations.md}: each documented operation, done or why not. */
final class OperationsPage {
  private static final Pattern IN_GROUP =
      Pattern.compile(
          "^/subscriptions/\\{\\w+}/resourceGroups/\\{\\w+}/providers/Microsoft\\.\\w+");
  private static final String TOP =
      """
      # Which of Azure's operations are here

      Each operation of Microsoft's OpenAPI documents for the services whose resources are embedded, in the newest version
      that the tests have: done, or answered with 501 and the name of what was asked for, and why.
      `./mvnw test -Dtest=OperationsTest -Dgolden=refresh` writes this page, out of what the embedded Azure answers when it
      is asked for each of them; no hand does. The reasons are in `src/test/resources/operations.json`.

      "Done" is about the operation. Of what can be said in a request, what is not built is refused by name as well: with
      501, or as Azure refuses what it does not know. Beside the operations of these documents there are those of
      Microsoft Entra ID, Microsoft Graph, MLflow and others; [COVERAGE](../.github/COVERAGE.md) lists all routes, and which
      clients and tests have used them. `…` stands for `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/`
      and the provider's name.

      """;

  /**
   * @param reason why it is not built; empty where it is done
   */
  record Row(DocumentedOperation operation, Optional<String> reason) {
    boolean isDone() {
      return reason.isEmpty();
    }

    private String text() {
      String path = IN_GROUP.matcher(operation.path()).replaceFirst("…");
      String here = reason.map("501: "::concat).orElse("done");
      return "| %s | `%s %s` | %s |\n".formatted(operation.id(), operation.method(), path, here);
    }
  }

  private final SortedMap<String, List<Row>> services = new TreeMap<>();

  void add(String service, List<Row> rows) {
    services.put(service, rows);
  }

  String text() {
    StringBuilder text = new StringBuilder(TOP);
    text.append(
        "| service | documents of | done | 501 by name | operations |\n|---|---|--:|--:|--:|\n");
    services.forEach((name, rows) -> text.append(count(name, versions(rows), rows)));
    List<Row> all = services.values().stream().flatMap(List::stream).toList();
    text.append(count("**all**", "", all));
    services.forEach(
        (name, rows) -> {
          text.append("\n## ").append(name).append("\n\n");
          text.append("| operation | request | here |\n|---|---|---|\n");
          rows.stream()
              .collect(
                  Collectors.groupingBy(
                      row -> kind(row.operation().id()), TreeMap::new, Collectors.toList()))
              .values()
              .forEach(kind -> kind.forEach(row -> text.append(row.text())));
        });
    return text.toString();
  }

  private static String count(String name, String versions, List<Row> rows) {
    long done = rows.stream().filter(Row::isDone).count();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d |\n",
        name,
        versions,
        done,
        rows.size() - done,
        rows.size());
  }

  private static String versions(List<Row> rows) {
    return rows.stream()
        .map(row -> row.operation().version())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The kind of resource that an operation is about, such as {@code BatchEndpoints}. */
  private static String kind(String operation) {
    return operation.split("_", 2)[0];
  }
}
