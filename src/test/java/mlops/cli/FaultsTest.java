package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --faults}: what a user lets go wrong, and what is told of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {
  @TempDir Path folder;
  private Transcript mlops;

  @BeforeEach
  void begin() {
    mlops = Transcript.of(folder.resolve("state")).jobsHere();
  }

  @Test
  void an_answer_takes_the_place_of_the_service_and_is_told_and_logged() throws IOException {
    int exit =
        bootstrap(
            """
            seed: 7
            faults:
              - when: PUT management.azure.com/*/providers/Microsoft.KeyVault/vaults/*
                at: 1
                answer: {status: 409, code: VaultAlreadyExists, message: It is taken.}
            """);
    assertEquals(1, exit, mlops::err);
    assertTrue(mlops.err().contains(" cannot be created: It is taken."), mlops::err);
    assertTrue(mlops.err().contains("Faults: 1 injected; "), mlops::err);
    List<String> log = log();
    assertEquals(1, log.size());
    assertTrue(
        log.get(0)
            .matches(
                "\\S+Z PUT https://management\\.azure\\.com/subscriptions/.*/vaults/\\S+: answer 409"
                    + " VaultAlreadyExists, .*faults\\.yml:3:5"),
        log.get(0));
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
  }

  @Test
  void chance_hits_the_same_requests_each_time() throws IOException {
    String file =
        """
        seed: 11
        faults:
          - when: "* management.azure.com/*/workspaces/*"
            rate: 0.3
            delay: PT0S
        """;
    assertEquals(0, bootstrap(file), mlops::err);
    List<String> first = hits();
    mlops = Transcript.of(folder.resolve("other")).jobsHere();
    assertEquals(0, bootstrap(file), mlops::err);
    assertTrue(first.size() > 3, first::toString);
    assertEquals(first, hits("other"));
  }

  @Test
  void what_breaks_on_the_way_is_sent_again_and_nothing_is_there_twice() throws IOException {
    int exit =
        bootstrap(
            """
            faults:
              - {when: PUT */workspaces/*, at: 1, drop: after}
              - {when: PUT */computes/*, at: [1, 2], drop: before}
              - {when: PUT */roleAssignments/*, at: [1, 2], answer: {status: 400, code: PrincipalNotFound}}
              - {when: PUT */vaults/*, at: 1, corrupt: truncate}
            """);
    assertEquals(0, exit, mlops::err);
    assertTrue(mlops.err().contains("Faults: 6 injected; "), mlops::err);
    assertEquals(0, mlops.run("bootstrap", "-o", "json"), mlops::err);
    mlops.json().path("steps").forEach(s -> assertEquals("unchanged", s.path("outcome").asText()));
  }

  @Test
  void what_never_comes_to_pass_is_told() throws IOException {
    assertEquals(0, bootstrap("faults: [{when: GET /nothing, drop: before}]"), mlops::err);
    assertTrue(mlops.err().contains("Faults: no request matched"), mlops::err);
  }

  @Test
  void every_mistake_is_told_with_its_place() throws IOException {
    int exit =
        bootstrap(
            """
            sede: 7
            faults:
              - when: PUTT */roleAssignments/*
                rate: 2
                drop: befor
              - when: PUT https://management.azure.com/x
                at: [0]
                every: 3
                kill: after
              - answer: {status: 200, kode: x}
                delay: 5
              - when: GET *
            azure: {quota: {STANDARD_DS33_v2: -1}, soft-deleted: [vault/x], role-propagtion: PT5S, clock: x}
            """);
    assertEquals(2, exit, mlops::err);
    for (String expected :
        List.of(
            "faults.yml:1:1 unknown key sede: did you mean seed?",
            "faults.yml:3:11 faults[0].when begins with PUTT, which is no method: did you mean PUT?",
            "faults.yml:4:11 faults[0].rate is 2: give a part of all, above 0 and at most 1",
            "faults.yml:5:11 faults[0].drop is the text \"befor\": did you mean before?",
            "faults.yml:6:11 faults[1].when is",
            "faults.yml:8:5 at and every exclude each other in faults[1]",
            "faults.yml:10:5 the key when is missing in faults[2]",
            "faults.yml:11:5 answer and delay exclude each other in faults[2]",
            "faults.yml:12:5 faults[3] does not say what goes wrong",
            "faults.yml:13:17 STANDARD_DS33_v2 is no size of virtual machines",
            "faults.yml:13:35 azure.quota.STANDARD_DS33_v2 is -1: give a number of cores",
            "faults.yml:13:55 azure.soft-deleted[0] is the text \"vault/x\": write workspaces/NAME",
            "faults.yml:13:65 unknown key role-propagtion in azure: did you mean role-propagation?")) {
      assertTrue(mlops.err().contains(expected), () -> expected + "\n" + mlops.err());
    }
  }

  @Test
  void names_of_others_and_of_the_deleted_and_a_quota_are_told_by_the_plan_and_the_doctor()
      throws IOException {
    String taken = "stgaccmlops2demodemo";
    Path file =
        faults(
            """
            azure:
              taken-names: [%s]
              soft-deleted: [workspaces/ml-mlopsdemo-demo-01]
              quota: {STANDARD_DS3_v2: 3}
            """
                .formatted(taken));
    assertEquals(1, mlops.run("bootstrap", "--plan", "--faults", file.toString()));
    for (String expected :
        List.of(
            "StorageAccountAlreadyTaken: storage account %s cannot be created".formatted(taken),
            "  → Storage account names are global, and somebody else has this one.",
            "NameOfDeleted: workspace ml-mlopsdemo-demo-01 was deleted on ",
            "  → mlops bootstrap --recover takes the deleted workspace back")) {
      assertTrue(mlops.err().contains(expected), () -> expected + "\n" + mlops.err());
    }
    assertEquals(1, mlops.run("doctor", "--faults", file.toString()));
    assertTrue(mlops.out().contains(taken + " cannot be had"), mlops::out);
    assertTrue(mlops.out().contains("3 cores of Standard DSv2 Family"), mlops::out);
    file = faults("azure: {quota: {STANDARD_DS3_v2: 3}}");
    assertEquals(1, mlops.run("bootstrap", "--recover", "--faults", file.toString()));
    assertTrue(
        mlops.err().contains("has a Standard DSv2 family vCPU quota of 3 and cannot"), mlops::err);
    assertTrue(mlops.err().contains("If it is the quota, ask for more"), mlops::err);
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
  }

  @Test
  void forty_minutes_of_azure_pass_in_seconds_and_as_the_longest_way_through_the_steps()
      throws IOException {
    Path file =
        faults(
            """
            faults: [{when: GET */operationStatuses/*, delay: PT0S}]
            azure:
              operation-time: {workspaces: PT20M, storageAccounts: PT10M, computes: PT10M, vaults: PT5M}
              role-propagation: PT5M
              clock: simulated
              throttle: azure
            """);
    assertEquals(0, mlops.run("bootstrap", "--faults", file.toString()), mlops::err);
    for (String step :
        List.of(
            "data-access .* 5 min",
            "workspace.dev .* created  2\\d min",
            "compute.prod .* created  1\\d min")) {
      assertTrue(Pattern.compile(step).matcher(mlops.out()).find(), () -> step + mlops.out());
    }
    Matcher told =
        Pattern.compile("bootstrap demo done: .*, (\\d+) min \\d+ s").matcher(mlops.out());
    assertTrue(told.find(), mlops::out);
    int wall = Integer.parseInt(told.group(1));
    assertTrue(wall >= 40 && wall < 42, "the longest way takes 40 minutes, and all took " + wall);
    int looks = log().size(); // every 15 seconds, as Retry-After says, and never before
    assertTrue(looks <= (3 * 1200 + 4 * 600 + 3 * 600) / 15, looks + " looks");
    assertTrue(looks >= 500, looks + " looks");
  }

  @Test
  void an_hour_that_azure_asks_for_is_not_waited_where_the_step_has_minutes() throws IOException {
    int exit =
        bootstrap(
            """
            azure: {clock: simulated}
            faults:
              - when: PUT */roleAssignments/*
                rate: 1
                answer: {status: 400, code: PrincipalNotFound, headers: {Retry-After: "3600"}}
            """);
    assertEquals(1, exit, mlops::err);
    assertTrue(
        Pattern.compile("does not know .* after 5 minutes").matcher(mlops.err()).find(),
        mlops::err);
    Matcher told = Pattern.compile("(\\d+) min \\d+ s").matcher(mlops.out() + mlops.err());
    assertTrue(told.find() && Integer.parseInt(told.group(1)) < 15, mlops::out);
  }

  @Test
  void what_takes_too_long_is_given_up_and_goes_on_with_the_next_run() throws IOException {
    int exit = bootstrap("azure: {operation-time: {computes: PT45M}, clock: simulated}");
    assertEquals(1, exit, mlops::err);
    assertTrue(
        mlops.err().contains("has not ended after 30 minutes, which is long for computes"),
        mlops::err);
    assertTrue(mlops.err().contains("run the command again. It goes on"), mlops::err);
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
  }

  @Test
  void a_look_that_could_not_be_made_is_no_look_without_a_difference() throws IOException {
    Path file = faults("faults: [{when: '* *', answer: {status: 403, code: AuthorizationFailed}}]");
    assertEquals(1, mlops.run("drift", "--faults", file.toString()));
    assertFalse(mlops.out().contains("differs"), mlops::out);
    assertTrue(mlops.err().contains("may not look in the directory"), mlops::err);
    assertTrue(
        Pattern.compile("drift demo: (\\d+) of \\1 looks could not be made")
            .matcher(mlops.out())
            .find(),
        mlops::out);
    assertTrue(mlops.err().contains("✗ applications failed while checking"), mlops::err);
    file =
        faults(
            "faults: [{when: '* */workspaces/*-01*', answer: {status: 403, code: AuthorizationFailed}}]");
    assertEquals(1, mlops.run("drift", "--faults", file.toString()));
    assertTrue(mlops.out().contains(" looks could not be made; in the others "), mlops::out);
  }

  @Test
  void the_folder_one_is_in_has_a_name() {
    assertEquals(2, mlops.run("bootstrap", "--faults", "."));
    assertTrue(mlops.err().contains("  .:1:1 this is a folder, expected a file"), mlops::err);
  }

  @Test
  void the_real_azure_is_left_alone() throws IOException {
    Path file = faults("faults: [{when: GET *, drop: before}]");
    String id = "00000000-0000-0000-0000-000000000000";
    mlops.variable("MLOPS_FAULTS", file.toString());
    assertEquals(2, mlops.run("bootstrap", "--cloud", "azure", "--subscription", id));
    assertTrue(
        mlops.err().contains("Faults are for the Azure inside mlops, and the cloud is azure"),
        mlops::err);
  }

  private int bootstrap(String faults) throws IOException {
    return mlops.run("bootstrap", "--faults", faults(faults).toString());
  }

  private Path faults(String text) throws IOException {
    return Files.writeString(folder.resolve("faults.yml"), text);
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("state/.faults.log"));
  }

  private List<String> hits() throws IOException {
    return hits("state");
  }

  /** The lines without the time, in a fixed order: steps run beside each other. */
  private List<String> hits(String state) throws IOException {
    return Files.readAllLines(folder.resolve(state + "/.faults.log")).stream()
        .map(line -> line.substring(line.indexOf(' ')))
        .sorted()
        .toList();
  }
}
