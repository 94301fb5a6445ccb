package mlops.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the committed page against a run of all tests. What a test claims that this run skips or
 * leaves to the suite of other people's clients is taken on trust, and so are clients where
 * anything was skipped. Of the tests of a line one must have seen it: whether a test polls once
 * more depends on who is quicker. Statuses are not compared for the same reason.
 *
 * @param operations what the embedded Azure serves
 * @param skipped the test classes that did not run wholly
 * @param elsewhere those of the clients' suite, where this run is without them
 */
record CoverageVerdict(
    Set<String> operations, Collection<Seen> seen, Set<String> skipped, Set<String> elsewhere) {
  private static final String ANEW =
      "; if that is right, ./mvnw verify -Dgolden=refresh writes the page anew";

  /** A sentence for each thing that is not so, with what to do about it. */
  List<String> on(CoveragePage page) {
    List<String> wrong = new ArrayList<>();
    Map<Heading, List<Seen>> good =
        seen.stream()
            .filter(Seen::isSuccess)
            .collect(Collectors.groupingBy(s -> Heading.of(s.operation())));
    for (String operation : operations) {
      Heading heading = Heading.of(operation);
      CoveragePage.Row row = page.rows().get(heading);
      if (row == null) {
        wrong.add("The page does not have " + operation + ANEW);
      }
      if (!good.containsKey(heading) && (row == null || !isTrusted(row))) {
        wrong.add(
            "No test has seen %s succeed: write one that sends it by a real client, and asserts what comes back"
                .formatted(operation));
      }
    }
    page.rows().forEach((heading, row) -> wrong.addAll(on(heading, row, good)));
    return wrong;
  }

  private static boolean saw(Collection<Seen> what, String test) {
    return what.stream().anyMatch(s -> s.test().equals(test));
  }

  private boolean isTrusted(CoveragePage.Row row) {
    return row.tests().stream().anyMatch(this::isTrusted);
  }

  private boolean isTrusted(String test) {
    return skipped.contains(test) || elsewhere.contains(test);
  }

  private boolean isToBeSeen(String client) {
    return skipped.isEmpty() && (elsewhere.isEmpty() || !KnownClients.INSTALLED.contains(client));
  }

  private List<String> on(Heading heading, CoveragePage.Row row, Map<Heading, List<Seen>> good) {
    if (operations.stream().noneMatch(o -> Heading.of(o).equals(heading))) {
      return List.of(
          "The page has %s of %s, which is not served".formatted(heading.line(), heading.service())
              + ANEW);
    }
    List<Seen> here = good.getOrDefault(heading, List.of());
    List<String> wrong = new ArrayList<>();
    List<String> claimed = row.tests().stream().filter(t -> !isTrusted(t)).toList();
    if (!claimed.isEmpty() && claimed.stream().noneMatch(t -> saw(here, t))) {
      wrong.add(
          "The page says that %s saw %s succeed, which none did"
                  .formatted(String.join(", ", claimed), heading.line())
              + ANEW);
    }
    for (String test : claimed) {
      if (!saw(seen, test)) {
        wrong.add("The page names %s, which saw nothing in this run".formatted(test) + ANEW);
      }
    }
    for (String client : row.clients()) {
      if (isToBeSeen(client) && here.stream().noneMatch(s -> s.client().equals(client))) {
        wrong.add(
            "The page says that %s sends %s, which no test saw".formatted(client, heading.line())
                + ANEW);
      }
    }
    return wrong;
  }
}
