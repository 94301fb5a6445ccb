package mlops.packaging;

import static mlops.packaging.Installation.archives;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.packaging.Installation.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code mlops.cmd} of a release: on Windows, or in Wine's {@code cmd} around a program
 * that stands in for Java. No run of all tests takes it in: it would be skipped on most machines,
 * and the coverage page is only written where nothing is. {@code -Dtest=WindowsLauncherCheck} runs
 * it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WindowsLauncherCheck {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final String COMPILER = "x86_64-w64-mingw32-gcc";

  /** Says its arguments, or makes the archive that it is asked for. */
  private static final String JAVA =
      """
      #include <stdio.h>
      #include <string.h>
      int main(int count, char **words) {
        int dump = 0;
        for (int i = 1; i < count; i++) {
          dump |= !strcmp(words[i], "-Xshare:dump");
        }
        for (int i = 1; i < count; i++) {
          if (dump && !strncmp(words[i], "-XX:SharedArchiveFile=", 22)) {
            FILE *archive = fopen(words[i] + 22, "w");
            return fputs("classes", archive) < 0 || fclose(archive);
          }
          printf("%s|", words[i]);
        }
        return 0;
      }
      """;

  @TempDir Path folder;
  private Installation release;
  private Path java;

  @BeforeEach
  void a_release_in_a_folder_with_blanks_in_its_name() throws Exception {
    assumeTrue(
        WINDOWS || (onPath("wine") && onPath(COMPILER)), "needs Windows, or wine and mingw-w64");
    Path home = Files.createDirectories(folder.toRealPath().resolve("it's mlops (new)"));
    String script = Files.readString(Path.of("mlops.cmd")).replaceAll("\r?\n", "\r\n");
    Files.writeString(home.resolve("mlops.cmd"), script);
    release = new Installation(home);
    release.writeEcho(home.resolve("mlops.jar"));
    java = WINDOWS ? Path.of(System.getProperty("java.home")) : standIn();
  }

  @Test
  void it_runs_the_jar_beside_it_and_starts_at_once_the_second_time() throws Exception {
    Run first = start(Map.of());
    assertEquals(0, first.exit(), first.err());
    assertTrue(first.err().contains("preparing fast starts"), first.err());
    Run second = start(Map.of());
    assertEquals("", second.err());
    assertTrue(second.out().contains("SharedArchiveFile=" + name(release.home())), second.out());
    assertEquals(1, archives(release.home().resolve(".launcher")).size());
  }

  @Test
  void where_it_may_not_write_the_archive_goes_to_the_users_cache() throws Exception {
    Files.writeString(release.home().resolve(".launcher"), "in the way");
    Path cache = folder.toRealPath().resolve("the cache");
    start(Map.of("MLOPS_CACHE", name(cache)));
    Run second = start(Map.of("MLOPS_CACHE", name(cache)));
    assertEquals("", second.err());
    assertTrue(second.out().contains("SharedArchiveFile=" + name(cache)), second.out());
    assertEquals(1, archives(cache.resolve("launcher")).size());
  }

  @Test
  void a_java_home_that_cannot_serve_is_named_and_the_path_serves() throws Exception {
    start(Map.of());
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", name(folder.toRealPath().resolve("no where")));
    environment.put(WINDOWS ? "PATH" : "WINEPATH", name(java.resolve("bin")));
    Run run = start(environment);
    assertEquals(
        "mlops: JAVA_HOME: %s has no bin\\java.exe; going on with %s from the PATH"
            .formatted(environment.get("JAVA_HOME"), name(java)),
        run.err().strip());
    assertTrue(run.out().contains("SharedArchiveFile"), run.out());
  }

  @Test
  void without_jar_or_sources_it_says_what_is_missing() throws Exception {
    Files.delete(release.home().resolve("mlops.jar"));
    Run run = start(Map.of());
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("neither sources nor mlops.jar are in"), run.err());
  }

  private Run start(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("JAVA_HOME", name(java));
    if (!WINDOWS) {
      all.put("WINEDEBUG", "-all");
      all.put("WINEPREFIX", Path.of("target/wine").toAbsolutePath().toString());
    }
    all.putAll(environment);
    List<String> told = List.of("cmd", "/c", "mlops.cmd", "told");
    return Installation.run(
        release.home(),
        all,
        WINDOWS ? told : Installation.line("wine", told.toArray(new String[0])));
  }

  /** What Windows, or Wine, calls a file. */
  private static String name(Path file) {
    return WINDOWS ? file.toString() : "Z:" + file.toString().replace('/', '\\');
  }

  private Path standIn() throws Exception {
    Path home = folder.toRealPath().resolve("jdk");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\nOS_ARCH=\"x86_64\"\n");
    Files.writeString(bin.resolve("java.c"), JAVA);
    List<String> compile = List.of(COMPILER, "-o", "java.exe", "java.c");
    assertEquals(0, Installation.run(bin, Map.of(), compile).exit());
    return home;
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
