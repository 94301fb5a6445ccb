package mlops.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that says what the embedded Azure answers, and which tests have seen it. */
record CoveragePage(SortedMap<Heading, Row> rows) {
  private static final int MOST_TESTS = 3;
  private static final String COLUMNS = "| operation | sent by | answers | seen by |\n";
  private static final String TOP =
      """
      # What the embedded Azure answers

      Each line is a route of the embedded Azure. It stands here because a test has sent it a request and got the
      answer that was asked for; what is not here is answered with 501. `./mvnw verify -Dgolden=refresh` runs all tests
      and writes this page out of what they saw; no hand does. The build fails where a route has no such test, and
      where the page names a route, a client or a test that a run does not bear out. What az and azure-ai-ml send is
      seen with `-Dmlops.clients`, which runs those too; other runs leave these names as they are.

      - **sent by**: az is the azure-cli, Debian's and the newest, azure-ai-ml what `az ml` is made of, unmodified and
        through `mlops local exec`; MLflow is its Java client; mlops is this program's own REST client.
      - **answers**: the statuses that tests have seen, failures that they provoke included.
      - **seen by**: of the test classes that got the answer, the %d that see the fewest operations. What
        AzuriteParityTest sees, Microsoft's Azurite has answered alike.
      - `…` stands for `/subscriptions/{subscription}/resourceGroups/{group}/providers/` and the provider's name.
      """
          .formatted(MOST_TESTS);

  /** What a run has seen of an operation; success alone counts for clients and tests. */
  record Row(List<String> clients, List<String> statuses, List<String> tests) {}

  /** The page that tells of a run. */
  static CoveragePage of(Set<String> operations, Collection<Seen> seen) {
    Map<String, List<Seen>> byOperation =
        seen.stream().collect(Collectors.groupingBy(Seen::operation));
    Map<String, Long> breadth =
        seen.stream()
            .collect(
                Collectors.groupingBy(
                    Seen::test,
                    Collectors.mapping(
                        Seen::operation,
                        Collectors.collectingAndThen(Collectors.toSet(), s -> (long) s.size()))));
    SortedMap<Heading, Row> rows = new TreeMap<>();
    for (String operation : operations) {
      Row row = row(byOperation.getOrDefault(operation, List.of()), breadth);
      if (rows.put(Heading.of(operation), row) != null) {
        throw new IllegalStateException("two operations are written as " + Heading.of(operation));
      }
    }
    return new CoveragePage(rows);
  }

  private static Row row(List<Seen> seen, Map<String, Long> breadth) {
    List<Seen> good = seen.stream().filter(Seen::isSuccess).toList();
    Comparator<String> narrow = Comparator.comparing(test -> breadth.getOrDefault(test, 0L));
    return new Row(
        KnownClients.all().stream()
            .filter(client -> good.stream().anyMatch(s -> s.client().equals(client)))
            .toList(),
        List.copyOf(distinct(seen, s -> Integer.toString(s.status()))),
        distinct(good, Seen::test).stream()
            .sorted(narrow.thenComparing(Comparator.naturalOrder()))
            .limit(MOST_TESTS)
            .toList());
  }

  private static Set<String> distinct(List<Seen> seen, Function<Seen, String> part) {
    return seen.stream().map(part).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * This page with what an earlier one says of clients and tests that this run is without; gone
   * operations are gone.
   */
  CoveragePage with(CoveragePage earlier, Set<String> clients, Set<String> tests) {
    SortedMap<Heading, Row> both = new TreeMap<>(rows);
    both.replaceAll(
        (heading, row) -> {
          Row old = earlier.rows.getOrDefault(heading, row);
          return new Row(
              KnownClients.all().stream()
                  .filter(c -> row.clients.contains(c) || keeps(old.clients, c, clients))
                  .toList(),
              row.statuses,
              Stream.concat(
                      row.tests.stream(), old.tests.stream().filter(t -> keeps(row, t, tests)))
                  .limit(MOST_TESTS)
                  .toList());
        });
    return new CoveragePage(both);
  }

  private static boolean keeps(List<String> old, String name, Set<String> wanted) {
    return old.contains(name) && wanted.contains(name);
  }

  private static boolean keeps(Row row, String test, Set<String> tests) {
    return tests.contains(test) && !row.tests.contains(test);
  }

  String text() {
    StringBuilder text = new StringBuilder(TOP);
    String service = "";
    for (Map.Entry<Heading, Row> entry : rows.entrySet()) {
      if (!entry.getKey().service().equals(service)) {
        service = entry.getKey().service();
        text.append("\n## ").append(service).append("\n\n").append(COLUMNS);
        text.append("|---|---|---|---|\n");
      }
      Row row = entry.getValue();
      text.append("| `").append(entry.getKey().line()).append("` | ");
      text.append(String.join(", ", row.clients())).append(" | ");
      text.append(String.join(" ", row.statuses())).append(" | ");
      text.append(String.join(", ", row.tests())).append(" |\n");
    }
    return text.toString();
  }

  /** Reads a page that {@link #text} has written. */
  static CoveragePage parse(String text) {
    SortedMap<Heading, Row> rows = new TreeMap<>();
    String service = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("## ")) {
        service = line.substring(3);
      } else if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        String operation = cells[1].strip().replace("`", "");
        rows.put(
            new Heading(service, operation),
            new Row(words(cells[2], ","), words(cells[3], " "), words(cells[4], ",")));
      }
    }
    return new CoveragePage(rows);
  }

  private static List<String> words(String cell, String between) {
    List<String> words = new ArrayList<>();
    for (String word : cell.split(between)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return words;
  }
}
