package mlops.steps.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.resourcemanager.authorization.models.PrincipalType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mlops.azure.Azure;
import mlops.azure.AzureConnection;
import mlops.azure.ml.BuiltInRole;
import mlops.azure.time.SimulatedTime;
import mlops.azure.time.Time;
import mlops.cli.Transcript;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Directory;
import mlops.error.MlopsException;
import mlops.plan.Activity;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.StepMessages;
import mlops.steps.RoleAssignmentStep;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure answers before it is ready: how long bootstrap waits, and what it says meanwhile. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingTest {
  private static final String ACCOUNT = "stgaccmlops2demodemo";

  @TempDir Path folder;

  @Test
  void the_run_waits_until_the_new_role_works_and_says_so() {
    Transcript mlops = Transcript.of(folder).variable("MLOPS_ROLE_DELAY", "3");
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
    assertTrue(
        mlops.err().contains("data-access: waiting until the new role works (up to 10 min)"),
        mlops.err());
    assertTrue(mlops.out().matches("(?s).*\n> data-access .*\n\\+ upload.*"), mlops.out());
    assertEquals(2, mlops.variable("MLOPS_ROLE_DELAY", "soon").run("bootstrap"));
    assertTrue(mlops.err().contains("MLOPS_ROLE_DELAY is \"soon\""), mlops.err());
    assertEquals(2, mlops.run("local", "status"));
  }

  @Test
  void a_role_that_does_not_work_in_time_is_a_failure() {
    Transcript mlops = Transcript.of(folder);
    assertEquals(0, mlops.run("bootstrap", "-q"), mlops::err);
    Duration hour = Duration.ofHours(1);
    EmbeddedAzure slow =
        EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults().withRoleDelay(hour));
    Output<String> account = new Output<>("account");
    account.set("/subscriptions/s/" + ACCOUNT);
    DataAccessStep step =
        new DataAccessStep(
            azure(slow, new SimulatedTime()),
            account,
            ACCOUNT,
            List.of("mlopsdemodev"),
            DataAccessStep.PATIENCE);
    assertEquals(Change.Action.RUN, step.check().action());
    List<String> said = new ArrayList<>();
    MlopsException failure = assertThrows(MlopsException.class, () -> step.apply(notes(said::add)));
    assertEquals(List.of("waiting until the new role works (up to 10 min)"), said);
    assertEquals("AuthorizationPermissionMismatch", failure.code());
    assertTrue(failure.hint().contains("a little later"), failure.hint());
  }

  @Test
  void a_principal_that_the_directory_does_not_know_yet_is_waited_for() {
    Transcript mlops = Transcript.of(folder);
    assertEquals(0, mlops.run("bootstrap", "-q"), mlops::err);
    EmbeddedAzure azure = EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults());
    String late = UUID.randomUUID().toString();
    Output<String> account = new Output<>("account");
    account.set(
        EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage"
            + "/storageAccounts/"
            + ACCOUNT);
    RoleAssignmentStep step =
        new RoleAssignmentStep(
            azure(azure),
            BuiltInRole.BLOB_OWNER,
            account::ifKnown,
            "somebody new",
            () -> Optional.of(late),
            PrincipalType.SERVICE_PRINCIPAL);
    List<String> said = new ArrayList<>();
    step.apply(
        notes(
            line -> {
              said.add(line);
              replicate(azure, late);
            }));
    assertEquals(List.of("waiting until the directory knows somebody new"), said);
    assertEquals(Change.Action.NONE, step.check().action());
  }

  /** The directory learns of a principal after ARM was asked to give it a role. */
  private static void replicate(EmbeddedAzure azure, String id) {
    new Directory(azure.state())
        .put(
            Json.object()
                .put("@odata.type", "#microsoft.graph.servicePrincipal")
                .put("id", id)
                .put("appId", UUID.randomUUID().toString())
                .put("displayName", "somebody new"));
  }

  private static StepMessages notes(Consumer<String> said) {
    return new StepMessages() {
      @Override
      public void say(String line) {
        said.accept(line);
      }

      @Override
      public void watch(List<Activity> activities) {
        throw new IllegalStateException("these steps only wait");
      }

      @Override
      public boolean interrupted() {
        return false;
      }
    };
  }

  private static Azure azure(EmbeddedAzure embedded) {
    return azure(embedded, Time.REAL);
  }

  private static Azure azure(EmbeddedAzure embedded, Time time) {
    EmbeddedCloud signedIn = EmbeddedCloud.on(embedded);
    return new Azure(
        new AzureConnection(
            new InProcessHttpClient(embedded.router()),
            signedIn.credential(),
            EmbeddedAzureOptions.SUBSCRIPTION,
            Duration.ofMillis(20),
            reference -> Optional.empty(),
            time));
  }
}
