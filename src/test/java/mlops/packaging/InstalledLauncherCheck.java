package mlops.packaging;

import static mlops.packaging.Installation.archives;
import static mlops.packaging.Installation.executable;
import static mlops.packaging.Installation.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mlops.Main;
import mlops.packaging.Installation.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher without a clone: in a folder with {@code mlops.jar} and no sources. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InstalledLauncherCheck {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  @TempDir Path folder;
  private Installation release;

  @BeforeEach
  void a_release_in_a_folder_with_blanks_and_quotes_in_its_name() throws IOException {
    folder = folder.toRealPath();
    release = Installation.released(folder.resolve("it's \"1\" mlops & more"));
  }

  @Test
  void it_runs_the_jar_beside_it_and_starts_at_once_the_second_time() throws Exception {
    Run first = release.run("a b", "*", "");
    assertEquals("a b|*| in " + release.home() + "\n", first.out());
    assertTrue(first.err().contains("preparing fast starts"), first.err());
    assertFalse(first.err().contains("building"), first.err());
    assertEquals(new Run(0, "x in " + release.home() + "\n", ""), release.run("x"));
    assertEquals(1, archives(release.home().resolve(".launcher")).size());
    assertTrue(release.run("told").out().contains("-XX:SharedArchiveFile=" + release.home()));
  }

  @Test
  void it_is_found_through_a_link_on_the_path() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("mlops"), bin.relativize(release.home()).resolve("mlops"));
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    Run run = Installation.run(elsewhere, path, List.of("/bin/sh", "-c", "mlops told"));
    assertTrue(run.out().startsWith("told in " + elsewhere + "\n"), run.out());
    assertTrue(run.out().contains("sample " + release.home() + "/sample\n"), run.out());
  }

  @Test
  void in_a_folder_that_it_may_not_write_to_the_archive_goes_to_the_users_cache() throws Exception {
    Path cache = Files.createDirectories(folder.resolve("the cache"));
    everybody(folder, "rwxr-xr-x");
    everybody(cache, "rwxrwxrwx");
    everybody(release.home(), "r-xr-xr-x");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    List<String> told = asNobody(line(release.launcher().toString(), "told"));
    Run first = Installation.run(folder, environment, told);
    assertEquals(0, first.exit(), first.err());
    assertTrue(first.err().contains("preparing fast starts"), first.err());
    Run second = Installation.run(folder, environment, told);
    assertEquals("", second.err());
    assertEquals(1, archives(cache.resolve("mlops/launcher")).size());
    assertTrue(second.out().contains("-XX:SharedArchiveFile=" + cache), second.out());
    assertFalse(Files.exists(release.home().resolve(".launcher")));
  }

  @Test
  void where_nothing_may_be_written_it_runs_all_the_same() throws Exception {
    Path cache = Files.writeString(folder.resolve("cache"), "a file");
    everybody(folder, "rwxr-xr-x");
    everybody(release.home(), "r-xr-xr-x");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
    List<String> command = asNobody(line(release.launcher().toString(), "x"));
    assertEquals(
        new Run(0, "x in " + folder + "\n", ""), Installation.run(folder, environment, command));
  }

  @Test
  void an_archive_that_the_owner_made_serves_those_who_may_not_write() throws Exception {
    release.run();
    everybody(folder, "rwxr-xr-x");
    everybody(release.home(), "r-xr-xr-x");
    everybody(release.home().resolve(".launcher"), "r-xr-xr-x");
    List<String> command = asNobody(line(release.launcher().toString(), "told"));
    Run run = Installation.run(folder, Map.of(), command);
    assertEquals("", run.err());
    assertTrue(run.out().contains("-XX:SharedArchiveFile=" + release.home()), run.out());
  }

  /** Who unpacks a release keeps the times in it: they may lie before the first use of the last. */
  @Test
  void an_upgrade_has_an_archive_of_its_own_even_if_its_jar_is_older_than_the_last_archive()
      throws Exception {
    release.run();
    Path jar = release.home().resolve("mlops.jar");
    FileTime built = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(built.toMillis() - 3_600_000));
    assertTrue(release.run().err().contains("preparing fast starts"));
    assertEquals("", release.run().err());
  }

  @Test
  void a_profile_in_the_working_directory_is_what_it_works_on() throws Exception {
    Map<String, String> environment = mlopsWithoutArchive();
    Path project = Files.createDirectories(folder.resolve("my project"));
    Files.copy(Path.of("mlops.yml"), project.resolve("mlops.yml"));
    for (String part : List.of("compute", "dev", "test", "prod", "data", "registry.yml")) {
      Installation.copyTree(Path.of(part), project.resolve(part));
    }
    List<String> bootstrap = line(release.launcher().toString(), "bootstrap");
    Run run = Installation.run(project, environment, bootstrap);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("bootstrap demo done: "), run.out());
    assertTrue(Files.isDirectory(project.resolve(".mlops")), "the state is beside the profile");
    Run again = Installation.run(project, environment, bootstrap);
    assertTrue(again.out().matches("(?s).*bootstrap demo done: \\d+ unchanged.*"), again.out());
  }

  @Test
  void without_a_profile_it_goes_by_the_sample_and_says_so() throws Exception {
    Map<String, String> environment = mlopsWithoutArchive();
    Path sample = Files.createDirectories(release.home().resolve("sample"));
    Files.writeString(sample.resolve("mlops.yml"), "sufix: x\n");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Run run = Installation.run(empty, environment, line(release.launcher().toString(), "status"));
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.err().contains(sample.resolve("mlops.yml") + ":1:1"), run.err());
  }

  @Test
  void without_jar_or_sources_it_says_what_is_missing() throws Exception {
    Files.delete(release.home().resolve("mlops.jar"));
    Run run = release.run("x");
    assertEquals(1, run.exit());
    assertEquals(
        "mlops: neither sources nor mlops.jar are in %s; unpack the release again\n"
            .formatted(release.home()),
        run.err());
  }

  @Test
  void a_java_home_that_cannot_serve_is_named_and_the_path_serves() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path java = Path.of(System.getProperty("java.home"));
    executable(bin.resolve("java"), "#!/bin/sh\nexec '" + java + "/bin/java' \"$@\"\n");
    release.run();
    Path old = Files.createDirectories(folder.resolve("jdk-11/bin")).getParent();
    executable(old.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Map<String, String> wrong =
        Map.of("/nowhere", "has no bin/java", old.toString(), "is Java 11.0.2");
    for (Map.Entry<String, String> home : wrong.entrySet()) {
      Map<String, String> environment =
          Map.of("JAVA_HOME", home.getKey(), "PATH", bin + ":" + System.getenv("PATH"));
      assertEquals(
          new Run(
              0,
              "x in " + folder + "\n",
              "mlops: JAVA_HOME: %s %s; going on with %s from the PATH\n"
                  .formatted(home.getKey(), home.getValue(), java)),
          Installation.run(folder, environment, line(release.launcher().toString(), "x")));
    }
  }

  /** Puts the real mlops there; an archive of its classes would take longer than the test. */
  private Map<String, String> mlopsWithoutArchive() throws IOException {
    release.writeMlops(Main.class);
    Path file = Files.writeString(release.home().resolve(".launcher"), "in the way");
    return Map.of("MLOPS_CACHE", file.toString());
  }

  private static void everybody(Path file, String rights) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  /** A command of somebody who may not write where root, who may anywhere, runs the tests. */
  private static List<String> asNobody(List<String> command) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    assumeTrue(Files.exists(SETPRIV), "only setpriv makes root somebody else");
    List<String> line = new ArrayList<>();
    line.addAll(List.of(SETPRIV.toString(), "--reuid=65534", "--regid=65534", "--clear-groups"));
    line.addAll(command);
    return line;
  }
}
