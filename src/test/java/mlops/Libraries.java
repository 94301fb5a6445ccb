package mlops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The jars of the class path as class-data sharing likes them, and an archive of their classes:
 * ahead of all folders, for an archive knows the beginning of a class path, without signatures, for
 * signed classes are not shared, and under short names, for a process reads no more than a page of
 * its own command line. Both are kept in {@code target} for this set of jars and this Java, and
 * made by the first process that needs them.
 *
 * @param jars unsigned, in the order of the class path
 * @param folders the rest of the class path
 */
record Libraries(List<Path> jars, List<Path> folders, Path archive) {
  private static final Path ALL = Path.of("target", "libraries").toAbsolutePath();

  static final Libraries OF_THIS_PROCESS = of(System.getProperty("java.class.path"));

  private static Libraries of(String classPath) {
    List<Path> all = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    List<Path> given = all.stream().filter(Files::isRegularFile).toList();
    List<Path> folders = all.stream().filter(Files::isDirectory).map(Path::toAbsolutePath).toList();
    String name = given + System.getProperty("java.vm.version") + System.getProperty("java.home");
    Path folder = ALL.resolve(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString());
    try {
      Files.createDirectories(folder);
      try (FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE)) {
        channel.lock(); // until it is closed
        return made(given, folders, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> options() {
    return List.of("-Xshare:auto", "-Xlog:disable", "-XX:SharedArchiveFile=" + archive);
  }

  String classPath() {
    return Program.joined(Stream.concat(jars.stream(), folders.stream()).toList());
  }

  private static Libraries made(List<Path> given, List<Path> folders, Path folder)
      throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path jar : given) {
      jars.add(unsigned(jar.toAbsolutePath(), folder.resolve(jars.size() + ".jar")));
    }
    Libraries libraries = new Libraries(jars, folders, folder.resolve("classes.jsa"));
    if (!Files.exists(libraries.archive)) {
      libraries.makeArchive(folder);
    }
    return libraries;
  }

  private static Path unsigned(Path jar, Path copy) throws IOException {
    if (Files.exists(copy)) {
      return copy;
    }
    Path fresh = Files.copy(jar, copy.resolveSibling("new.jar"), REPLACE_EXISTING);
    try (FileSystem zip = FileSystems.newFileSystem(fresh);
        DirectoryStream<Path> signatures =
            Files.newDirectoryStream(zip.getPath("META-INF"), "*.{SF,RSA,DSA,EC}")) {
      for (Path signature : signatures) {
        Files.delete(signature);
      }
    }
    return Files.move(fresh, copy);
  }

  /** Of the classes that a bootstrap uses: most that any command does. */
  private void makeArchive(Path folder) throws IOException {
    Path list = folder.resolve("classes.txt");
    Path fresh = folder.resolve("new.jsa");
    String state = folder.resolve("state").toString();
    try {
      Program.run(
          List.of(
              "-XX:DumpLoadedClassList=" + list,
              "-cp",
              classPath(),
              Main.class.getName(),
              "bootstrap",
              "--state",
              state));
      Program.run(
          List.of(
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + list,
              "-XX:SharedArchiveFile=" + fresh,
              "-cp",
              Program.joined(jars)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.move(fresh, archive);
  }
}
