package mlops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./mlops} around a small program and a Maven wrapper that only counts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LauncherTest {
  private static final String OLD_JAVA = "JAVA_VERSION=\"11.0.2\"\n";

  @TempDir Path folder;
  private Path home;

  /** Stands in for mlops: says its arguments and its folder, and ends as it is told. */
  static final class Echo {
    public static void main(String[] args) throws InterruptedException {
      System.out.println(String.join("|", args) + " in " + System.getProperty("user.dir"));
      if (args.length > 0 && args[0].equals("flags")) {
        System.out.println(ManagementFactory.getRuntimeMXBean().getInputArguments());
      }
      if (args.length > 0 && args[0].equals("wait")) {
        new CountDownLatch(1).await();
      }
      System.exit(args.length > 1 && args[0].equals("exit") ? Integer.parseInt(args[1]) : 0);
    }
  }

  @BeforeEach
  void a_checkout_with_blanks_and_umlauts_in_its_name() throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "the launcher for Windows is mlops.cmd");
    home = Files.createDirectories(folder.resolve("mein Größe & 数据"));
    Files.createDirectories(home.resolve("src/main/java"));
    Files.writeString(home.resolve("src/main/java/A.java"), "class A {}");
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    executable("mlops", Files.readString(Path.of("mlops")));
    executable(
        "mvnw", "#!/bin/sh\necho built >>builds\nmkdir -p target\ncp echo.jar target/mlops.jar\n");
    writeJar(home.resolve("echo.jar"));
  }

  @Test
  void it_builds_on_first_use_and_then_starts_at_once() throws Exception {
    Run first = run(folder, home.resolve("mlops"), "a b", "*", "");
    assertEquals("a b|*| in " + folder.toRealPath() + "\n", first.out());
    assertEquals(0, first.exit());
    assertTrue(first.err().contains("building mlops (first use, about a minute)…"), first.err());
    assertTrue(first.err().contains("preparing fast starts"), first.err());
    assertEquals(
        new Run(0, "x in " + folder.toRealPath() + "\n", ""),
        run(folder, home.resolve("mlops"), "x"));
    assertEquals(1, builds());
  }

  @Test
  void it_builds_again_when_a_source_changed_or_went() throws Exception {
    run(home, home.resolve("mlops"));
    future(home.resolve("src/main/java/A.java"));
    Run changed = run(home, home.resolve("mlops"));
    assertTrue(changed.err().contains("its sources changed"), changed.err());
    assertEquals(2, builds());
    Files.delete(home.resolve("src/main/java/A.java"));
    future(home.resolve("src/main/java"));
    run(home, home.resolve("mlops"));
    assertEquals(3, builds());
  }

  @Test
  void a_build_leaves_the_jar_of_an_mlops_that_runs_alone() throws Exception {
    run(home, home.resolve("mlops"));
    byte[] jar = Files.readAllBytes(home.resolve("target/mlops.jar"));
    future(home.resolve("pom.xml"));
    executable("mvnw", "#!/bin/sh\necho half of another >target/mlops.jar\nexit 1\n");
    try (InputStream inUse = Files.newInputStream(home.resolve("target/mlops.jar"))) {
      assertEquals(1, run(home, home.resolve("mlops")).exit());
      assertArrayEquals(jar, inUse.readAllBytes());
    }
  }

  @Test
  void what_local_env_sets_is_obeyed_and_not_announced() throws Exception {
    run(home, home.resolve("mlops"));
    String options =
        "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=1 \"-Duser.dir=%s\"".formatted(home);
    Process process =
        start(folder, Map.of("JAVA_TOOL_OPTIONS", options), home.resolve("mlops").toString(), "x");
    assertEquals("x in " + home + "\n", new String(process.getInputStream().readAllBytes(), UTF_8));
    assertEquals("", new String(process.getErrorStream().readAllBytes(), UTF_8));
  }

  @Test
  void it_works_through_links() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("one"), Path.of("../two"));
    Files.createSymbolicLink(folder.resolve("two"), home.resolve("mlops"));
    assertEquals("x in " + bin.toRealPath() + "\n", run(bin, Path.of("./one"), "x").out());
  }

  @Test
  void exit_codes_and_signals_pass() throws Exception {
    assertEquals(4, run(home, home.resolve("mlops"), "exit", "4").exit());
    Process process = start(home, Map.of(), home.resolve("mlops").toString(), "wait");
    process.inputReader(UTF_8).readLine();
    process.destroy();
    assertTrue(process.waitFor(300, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue());
  }

  @Test
  void two_first_uses_at_once_build_once() throws Exception {
    Process one = start(home, Map.of(), home.resolve("mlops").toString(), "one");
    Process two = start(home, Map.of(), home.resolve("mlops").toString(), "two");
    assertEquals(0, finish(one).exit());
    assertEquals(0, finish(two).exit());
    assertEquals(1, builds());
  }

  @Test
  void a_lock_that_a_killed_process_left_is_no_obstacle() throws Exception {
    Process dead = start(home, Map.of(), "/bin/sh", "-c", "exit 0");
    dead.waitFor();
    Files.createDirectories(home.resolve("target/launcher"));
    Files.createSymbolicLink(
        home.resolve("target/launcher/lock"), Path.of(String.valueOf(dead.pid())));
    assertEquals(0, run(home, home.resolve("mlops")).exit());
  }

  @Test
  void an_archive_that_is_broken_or_empty_or_cannot_be_made_is_no_failure() throws Exception {
    run(home, home.resolve("mlops"));
    for (String content : List.of("nonsense", "")) {
      Files.writeString(archive(), content);
      assertEquals(
          new Run(0, "x in " + home.toRealPath() + "\n", ""),
          run(home, home.resolve("mlops"), "x"));
    }
    deleteTree(home.resolve("target/launcher"));
    Files.writeString(home.resolve("target/launcher"), "in the way, so nothing can be written");
    assertEquals(
        new Run(0, "x in " + home.toRealPath() + "\n", ""), run(home, home.resolve("mlops"), "x"));
  }

  @Test
  void an_agent_or_the_flight_recorder_goes_without_the_archive() throws Exception {
    String mlops = home.resolve("mlops").toString();
    run(home, home.resolve("mlops"));
    assertTrue(run(home, home.resolve("mlops"), "flags").out().contains("SharedArchiveFile"));
    Map<String, String> recorded =
        Map.of("MLOPS_JAVA_OPTS", "-XX:StartFlightRecording=dumponexit=false");
    Run run = finish(start(home, recorded, mlops, "flags"));
    assertTrue(run.out().contains("StartFlightRecording"), run.out());
    assertFalse(run.out().contains("SharedArchiveFile"), run.out());
  }

  @Test
  void the_program_is_told_how_it_was_called() throws Exception {
    run(home, home.resolve("mlops"));
    Map<String, String> variables = Map.of("PATH", home + ":" + System.getenv("PATH"));
    String calls = "mlops flags; ./mlops flags; \"$PWD/../${PWD##*/}/mlops\" flags";
    String said = finish(start(home, variables, "/bin/sh", "-c", calls)).out();
    List<String> told =
        Pattern.compile("-Dmlops.command=([^,\\]]*)")
            .matcher(said)
            .results()
            .map(m -> m.group(1))
            .toList();
    String whole = home.toRealPath() + "/../" + home.getFileName() + "/mlops";
    assertEquals(List.of("mlops", "./mlops", whole), told, said);
  }

  @Test
  void a_build_that_fails_runs_nothing() throws Exception {
    executable("mvnw", "#!/bin/sh\necho 'A.java:1: wrong'\nexit 1\n");
    Run run = run(home, home.resolve("mlops"), "x");
    assertEquals(1, run.exit());
    assertEquals("", run.out());
    assertTrue(run.err().contains("A.java:1: wrong"), run.err());
    assertTrue(run.err().contains("the build failed, see above; nothing was run"), run.err());
  }

  @Test
  void without_a_recent_java_it_says_what_it_found() throws Exception {
    Path old = folder.resolve("jdk-11");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), OLD_JAVA);
    executable(old.resolve("bin/java"), "#!/bin/sh\nexit 0\n");
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Process process =
        start(
            home,
            Map.of("JAVA_HOME", old.toString(), "PATH", tools.toString()),
            home.resolve("mlops").toString());
    Run run = finish(process);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("needs a JDK 17 or newer"), run.err());
    assertTrue(run.err().contains("JAVA_HOME: " + old + " is Java 11.0.2"), run.err());
    assertTrue(run.err().contains("PATH: no java"), run.err());
  }

  @Test
  void a_java_home_that_is_too_old_gives_way_to_the_path() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    executable(bin.resolve("java"), "#!/bin/sh\nexec '" + java + "' \"$@\"\n");
    Map<String, String> environment =
        Map.of("JAVA_HOME", "/nowhere", "PATH", bin + ":" + System.getenv("PATH"));
    assertEquals(0, finish(start(home, environment, home.resolve("mlops").toString())).exit());
  }

  /** How a process ended and what it said. */
  record Run(int exit, String out, String err) {}

  private Run run(Path where, Path program, String... arguments) throws Exception {
    String[] command =
        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toArray(String[]::new);
    return finish(start(where, Map.of(), command));
  }

  private static Process start(Path where, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(k -> k.endsWith("JAVA_OPTIONS") || k.startsWith("MLOPS_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      String complained = new String(err.readAllBytes(), UTF_8);
      assertTrue(process.waitFor(300, TimeUnit.SECONDS));
      return new Run(process.exitValue(), said, complained);
    }
  }

  private int builds() throws IOException {
    return Files.readAllLines(home.resolve("builds")).size();
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("target/launcher"))) {
      Path archive = files.filter(f -> f.toString().endsWith(".jsa")).findFirst().orElseThrow();
      assertNotEquals(0, Files.size(archive));
      return archive;
    }
  }

  /**
   * A change that is newer than all that was built so far, however coarse the clock of the disk.
   */
  private static void future(Path changed) throws IOException {
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private void executable(String name, String script) throws IOException {
    executable(home.resolve(name), script);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void writeJar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
    String name = Echo.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        InputStream code = Echo.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      code.transferTo(jar);
    }
  }
}
