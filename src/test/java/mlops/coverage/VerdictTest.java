package mlops.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The coverage page does not pass for more, or less, than what a run has seen. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VerdictTest {
  private static final String GET = "GET https://graph.microsoft.com/v1.0/me";
  private static final String PUT =
      "PUT https://management.azure.com/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}";
  private static final Set<String> OPERATIONS = new TreeSet<>(Set.of(GET, PUT));
  private static final List<Seen> RUN =
      List.of(
          new Seen(GET, 200, "az", "GuideTest"),
          new Seen(GET, 401, "az", "OtherTest"),
          new Seen(PUT, 202, "az", "GuideTest"),
          new Seen(PUT, 200, "mlops", "AccountsTest"),
          new Seen(PUT, 409, "mlops", "AccountsTest"));
  private static final CoveragePage PAGE = CoveragePage.of(OPERATIONS, RUN);

  private static List<String> wrong(List<Seen> run, String... skipped) {
    return new CoverageVerdict(OPERATIONS, run, Set.of(skipped), Set.of()).on(PAGE);
  }

  private static List<Seen> without(String test) {
    return RUN.stream().filter(s -> !s.test().equals(test)).toList();
  }

  @Test
  void a_page_is_read_as_it_is_written() {
    assertEquals(PAGE, CoveragePage.parse(PAGE.text()));
    assertTrue(
        PAGE.text()
            .contains(
                "| `PUT …/storageAccounts/{account}` | az, mlops | 200 202 409 | AccountsTest, GuideTest |"),
        PAGE::text);
  }

  @Test
  void it_is_true_for_the_run_that_it_tells_of_and_for_one_that_sees_more() {
    assertEquals(List.of(), wrong(RUN));
    List<Seen> more = new ArrayList<>(RUN);
    more.add(new Seen(GET, 200, "mlops", "NewTest"));
    assertEquals(List.of(), wrong(more));
  }

  @Test
  void an_operation_that_nobody_sees_succeed_any_more_is_told() {
    List<String> wrong = wrong(without("GuideTest"));
    assertTrue(wrong.get(0).startsWith("No test has seen " + GET + " succeed"), wrong::toString);
    assertTrue(wrong.contains(says("GuideTest saw GET /v1.0/me")), wrong::toString);
    assertTrue(
        wrong.stream().anyMatch(w -> w.contains("az sends PUT …/storageAccounts")),
        wrong::toString);
  }

  @Test
  void of_the_tests_of_a_line_one_must_have_seen_it() {
    List<Seen> refused = new ArrayList<>(without("AccountsTest"));
    refused.add(new Seen(PUT, 409, "mlops", "AccountsTest"));
    refused.add(new Seen(PUT, 202, "mlops", "GuideTest"));
    assertEquals(List.of(), wrong(refused));
  }

  private static String says(String what) {
    return "The page says that "
        + what
        + " succeed, which none did; if that is right, ./mvnw verify -Dgolden=refresh writes the page anew";
  }

  @Test
  void a_failure_is_no_witness() {
    List<Seen> refused = List.of(new Seen(GET, 404, "az", "GuideTest"), RUN.get(2), RUN.get(3));
    assertTrue(
        wrong(refused).get(0).startsWith("No test has seen " + GET), wrong(refused)::toString);
  }

  @Test
  void a_route_that_the_page_does_not_have_is_told_and_so_is_one_that_is_gone() {
    String added = "DELETE https://graph.microsoft.com/v1.0/me";
    List<String> wrong = new CoverageVerdict(Set.of(GET, added), RUN, Set.of(), Set.of()).on(PAGE);
    assertEquals(3, wrong.size(), wrong::toString);
    assertTrue(wrong.get(0).contains("does not have " + added) || wrong.get(1).contains(added));
    assertTrue(wrong.get(2).contains("which is not served"), wrong::toString);
  }

  @Test
  void what_a_skipped_test_claims_is_taken_on_trust() {
    assertEquals(List.of(), wrong(without("GuideTest"), "GuideTest"));
    List<String> wrong = wrong(List.of(), "GuideTest"); // AccountsTest ran, and saw nothing
    assertEquals(2, wrong.size(), wrong::toString);
    assertTrue(wrong.contains(says("AccountsTest saw PUT …/storageAccounts/{account}")));
    assertTrue(wrong.get(1).startsWith("The page names AccountsTest, which saw nothing"));
  }

  @Test
  void what_the_suite_of_clients_claims_is_taken_on_trust_without_it_and_so_are_these_clients() {
    Set<String> elsewhere = Set.of("GuideTest");
    List<Seen> run = without("GuideTest");
    assertEquals(List.of(), new CoverageVerdict(OPERATIONS, run, Set.of(), elsewhere).on(PAGE));
    List<Seen> other = List.of(new Seen(PUT, 200, "az", "AccountsTest"));
    List<String> wrong = new CoverageVerdict(OPERATIONS, other, Set.of(), elsewhere).on(PAGE);
    assertEquals(1, wrong.size(), wrong::toString);
    assertTrue(wrong.get(0).startsWith("The page says that mlops sends PUT"), wrong::toString);
  }

  @Test
  void a_page_of_a_run_without_them_keeps_what_an_earlier_one_says_of_clients() {
    List<Seen> run = without("GuideTest");
    CoveragePage now = CoveragePage.of(OPERATIONS, run);
    CoveragePage both = now.with(PAGE, Set.of("az"), Set.of("GuideTest"));
    assertTrue(
        both.text().contains("| az, mlops | 200 409 | AccountsTest, GuideTest |"), both::text);
    assertEquals(now, now.with(PAGE, Set.of(), Set.of()));
  }
}
