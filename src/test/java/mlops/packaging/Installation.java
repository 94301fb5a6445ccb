package mlops.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder as a user has it: the launcher, and a jar or sources beside it. */
record Installation(Path home) {
  private static final int SECONDS = 120;

  /** Stands in for mlops: says its arguments, its folder and what the launcher told the JVM. */
  static final class Echo {
    public static void main(String[] args) throws InterruptedException {
      System.out.println(String.join("|", args) + " in " + System.getProperty("user.dir"));
      if (args.length > 0 && args[0].equals("told")) {
        System.out.println("sample " + System.getProperty("mlops.home"));
        System.out.println(ManagementFactory.getRuntimeMXBean().getInputArguments());
      }
      if (args.length > 0 && args[0].equals("wait")) {
        new CountDownLatch(1).await();
      }
      System.exit(0);
    }
  }

  /** How a process ended and what it said. */
  record Run(int exit, String out, String err) {}

  /** A release: no sources, and the jar beside the launcher. */
  static Installation released(Path home) throws IOException {
    Installation release = withLauncher(home);
    release.writeEcho(home.resolve("mlops.jar"));
    return release;
  }

  /** A checkout whose Maven wrapper is this script; {@code echo.jar} is what it would build. */
  static Installation checkout(Path home, String mvnw) throws IOException {
    Installation checkout = withLauncher(home);
    Files.createDirectories(home.resolve("src/main/java"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    executable(home.resolve("mvnw"), mvnw);
    checkout.writeEcho(home.resolve("echo.jar"));
    return checkout;
  }

  private static Installation withLauncher(Path home) throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sh")), "the launcher for Windows is mlops.cmd");
    Files.createDirectories(home);
    executable(home.resolve("mlops"), Files.readString(Path.of("mlops")));
    return new Installation(home);
  }

  Path launcher() {
    return home.resolve("mlops");
  }

  /** The archives of classes below a folder. */
  static List<Path> archives(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".jsa")).toList();
    }
  }

  /** Runs it where it is installed. */
  Run run(String... arguments) throws Exception {
    return run(home, Map.of(), line(launcher().toString(), arguments));
  }

  static Run run(Path where, Map<String, String> environment, List<String> command)
      throws Exception {
    return finish(start(where, environment, command));
  }

  static List<String> line(String program, String... arguments) {
    return Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
  }

  static Process start(Path where, Map<String, String> environment, List<String> command)
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

  static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      String complained = new String(err.readAllBytes(), UTF_8);
      assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
      return new Run(process.exitValue(), said, complained);
    }
  }

  static void executable(Path file, String script) throws IOException {
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Puts the program there that stands in for mlops. */
  void writeEcho(Path file) throws IOException {
    String name = Echo.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(file), manifest(Echo.class));
        InputStream code = Echo.class.getClassLoader().getResourceAsStream(name)) {
      jar.putNextEntry(new JarEntry(name));
      code.transferTo(jar);
    }
  }

  /** Puts the real mlops there: a jar that names the classes and libraries of this test. */
  void writeMlops(Class<?> main) throws IOException {
    Manifest manifest = manifest(main);
    String entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, entries);
    Path jar = home.resolve("mlops.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static Manifest manifest(Class<?> main) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
    return manifest;
  }

  static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
