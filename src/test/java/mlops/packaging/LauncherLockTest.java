package mlops.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mlops.packaging.Installation.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who builds keeps others waiting only while he lives. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LauncherLockTest {
  /** Says that it builds, and goes on when the test lets it: when the file {@code go} is there. */
  private static final String SLOW_BUILD =
      """
      #!/bin/sh
      echo built >>builds
      n=0
      until [ -f go ] || [ $n -ge 600 ]; do n=$((n + 1)); sleep 0.1; done
      mkdir -p target
      cp echo.jar target/mlops.jar
      """;

  @TempDir Path folder;
  private Installation checkout;
  private Path lock;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void a_checkout_that_takes_its_time_to_build() throws IOException {
    checkout = Installation.checkout(folder.toRealPath().resolve("checkout"), SLOW_BUILD);
    lock = checkout.home().resolve("target/launcher/lock");
  }

  @AfterEach
  void nothing_is_left_running() throws IOException {
    letBuildsEnd();
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void who_waits_longer_than_asked_says_for_whom_and_runs_nothing() throws Exception {
    Process builder = building();
    Run run = launch(Map.of("MLOPS_WAIT", "1"));
    assertEquals(1, run.exit());
    assertEquals("", run.out());
    String number = String.valueOf(builder.pid());
    assertTrue(run.err().contains("another mlops prepares its start here"), run.err());
    assertTrue(
        run.err().contains("waited 1 s for another mlops (process " + number + ")"), run.err());
    assertTrue(run.err().contains("remove " + lock.getParent()), run.err());
    letBuildsEnd();
    assertEquals(0, Installation.finish(builder).exit());
    assertFalse(Files.exists(lock, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void the_lock_of_one_that_was_killed_is_no_obstacle() throws Exception {
    Process builder = building();
    builder.destroyForcibly().waitFor();
    assertTrue(Files.exists(lock, LinkOption.NOFOLLOW_LINKS), "nobody removed the lock");
    letBuildsEnd();
    assertEquals(0, launch(Map.of("MLOPS_WAIT", "20")).exit());
  }

  /** The kernel gives numbers of processes again, after a restart the same ones at once. */
  @Test
  void nor_is_it_when_another_process_has_the_number_since() throws Exception {
    Process builder = building();
    String left = Files.readSymbolicLink(lock).toString();
    builder.destroyForcibly().waitFor();
    Process other = other("sleep", "60");
    String number = String.valueOf(other.pid());
    letBuildsEnd();
    for (String holder : List.of(number + left.substring(left.indexOf(' ')), number)) {
      Files.deleteIfExists(lock);
      Files.createSymbolicLink(lock, Path.of(holder));
      assertEquals(0, launch(Map.of("MLOPS_WAIT", "20")).exit(), holder);
      Files.delete(checkout.home().resolve("target/mlops.jar"));
    }
    assertTrue(other.isAlive());
  }

  /** In containers nobody may ask how a process ended, which then keeps its number. */
  @Test
  void nor_is_it_when_nobody_asked_how_the_process_ended() throws Exception {
    Process parent = other("/bin/sh", "-c", "sleep 0.3 & echo $!; exec sleep 60");
    String number = parent.inputReader().readLine();
    Path stat = Path.of("/proc", number, "stat");
    if (!Files.exists(stat)) {
      return; // this system has no /proc to look at
    }
    String start = Files.readString(stat).replaceFirst("(?s).*\\) ", "").split(" ")[19];
    while (!Files.readString(stat).contains(") Z ")) {
      parent.waitFor(50, TimeUnit.MILLISECONDS);
    }
    Files.createDirectories(lock.getParent());
    Files.createSymbolicLink(lock, Path.of(number + " " + start));
    letBuildsEnd();
    assertEquals(0, launch(Map.of("MLOPS_WAIT", "20")).exit());
  }

  @Test
  void of_many_that_find_such_a_lock_one_builds() throws Exception {
    Files.createDirectories(lock.getParent());
    Files.createSymbolicLink(lock, Path.of("1 0"));
    letBuildsEnd();
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(start(Map.of()));
    }
    for (Process one : all) {
      assertEquals(0, Installation.finish(one).exit());
    }
    assertEquals(1, builds());
    try (var files = Files.list(lock.getParent())) {
      assertEquals(
          List.of(), files.filter(f -> f.getFileName().toString().startsWith("lock")).toList());
    }
  }

  /** An mlops that holds the lock: it builds until it is let go on. */
  private Process building() throws Exception {
    Process builder = start(Map.of());
    while (!Files.exists(checkout.home().resolve("builds"))) {
      assertFalse(builder.waitFor(50, TimeUnit.MILLISECONDS), "it ended");
    }
    return builder;
  }

  private void letBuildsEnd() throws IOException {
    Files.writeString(checkout.home().resolve("go"), "");
  }

  private int builds() throws IOException {
    return Files.readAllLines(checkout.home().resolve("builds")).size();
  }

  private Run launch(Map<String, String> environment) throws Exception {
    return Installation.finish(start(environment));
  }

  private Process start(Map<String, String> environment) throws IOException {
    Process process =
        Installation.start(
            checkout.home(), environment, List.of(checkout.launcher().toString(), "x"));
    started.add(process);
    return process;
  }

  private Process other(String... command) throws IOException {
    Process process = Installation.start(folder, Map.of(), List.of(command));
    started.add(process);
    return process;
  }
}
