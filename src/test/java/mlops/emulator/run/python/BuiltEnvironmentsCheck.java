package mlops.emulator.run.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.python.requirement.CondaFile;
import mlops.emulator.run.record.EnvironmentMatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Environments are built of what package indexes have. It takes minutes and the network: {@code
 * ./mvnw test -Dtest=BuiltEnvironmentsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BuiltEnvironmentsCheck {
  private static final JobControl CONTROL = new JobControl(() -> false);

  @TempDir Path folder;

  private VirtualEnvironments environments() {
    return new VirtualEnvironments(folder, EnvironmentMatch.NEAREST, Interpreters.ofUser());
  }

  private KeptEnvironments.Kept only() throws Exception {
    List<KeptEnvironments.Kept> kept = new KeptEnvironments(folder, environments()).list();
    assertEquals(1, kept.size());
    return kept.get(0);
  }

  @Test
  void the_nearest_versions_are_installed_and_named() throws Exception {
    PythonPrograms python =
        environments()
            .of(
                CondaFile.parse(
                    "dependencies: [python=3.5, {pip: [markupsafe==1.0, iniconfig==1.1.1, azureml-contrib-none]}]"),
                CONTROL);
    EnvironmentRecord record = only().record().orElseThrow();
    assertEquals("uv", record.builder());
    assertEquals(1, record.changed().size(), record::toString);
    assertTrue(record.changed().get(0).startsWith("markupsafe 1.0 → "), record::toString);
    assertEquals(List.of("azureml-contrib-none"), record.leftOut());
    assertTrue(python.notes().toString().contains("python=3.5 is not on this machine"));
    String line = python.programs() + "/python";
    Process process =
        new ProcessBuilder(line, "-c", "import markupsafe, iniconfig, pkg_resources, pip").start();
    assertEquals(0, process.waitFor(), () -> process.errorReader().lines().toList().toString());
  }

  @Test
  void two_who_need_the_same_build_it_once() throws Exception {
    Callable<PythonPrograms> build =
        () ->
            environments()
                .of(CondaFile.parse("dependencies: [{pip: [iniconfig==2.0.0]}]"), CONTROL);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<PythonPrograms>> built = both.invokeAll(List.of(build, build));
      assertEquals(built.get(0).get(), built.get(1).get());
      assertEquals(List.of(), only().record().orElseThrow().changed());
    } finally {
      both.shutdown();
    }
  }
}
