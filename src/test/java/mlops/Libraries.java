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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mlops.emulator.state.Folders;

/**
 * The class path as class-data sharing likes it, and an archive of its classes: the libraries and
 * the classes of mlops in jars ahead of all folders, for an archive knows the beginning of a class
 * path, without signatures, for signed classes are not shared, and under short names, for a process
 * reads no more than a page of its own command line. All is kept in {@code target} for this Java,
 * these libraries and these classes, and made by the first process that needs it.
 *
 * @param jars unsigned, in the order of the class path, and the classes of mlops
 * @param folders the rest of the class path
 */
record Libraries(List<Path> jars, List<Path> folders, Path archive) {
  private static final Path ALL = Path.of("target", "libraries").toAbsolutePath();
  private static final Path MAIN = Path.of("mlops", "Main.class");

  static final Libraries OF_THIS_PROCESS = of(System.getProperty("java.class.path"));

  private static Libraries of(String classPath) {
    List<Path> all = Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
    List<Path> given = all.stream().filter(Files::isRegularFile).toList();
    List<Path> folders = all.stream().filter(Files::isDirectory).map(Path::toAbsolutePath).toList();
    Path classes =
        folders.stream().filter(f -> Files.exists(f.resolve(MAIN))).findFirst().orElseThrow();
    String java = System.getProperty("java.vm.version") + System.getProperty("java.home");
    Path libraries = ALL.resolve(name(given + java));
    try {
      Files.createDirectories(libraries);
      try (FileChannel channel = FileChannel.open(libraries.resolve("lock"), CREATE, WRITE)) {
        channel.lock(); // until it is closed
        List<Path> jars = new ArrayList<>();
        for (Path jar : given) {
          jars.add(unsigned(jar.toAbsolutePath(), libraries.resolve(jars.size() + ".jar")));
        }
        Path build = libraries.resolve(name(stamps(classes)));
        jars.add(build.resolve("mlops.jar"));
        List<Path> rest = folders.stream().filter(f -> !f.equals(classes)).toList();
        Libraries made = new Libraries(jars, rest, build.resolve("classes.jsa"));
        if (!Files.exists(made.archive)) {
          deleteEarlier(libraries);
          pack(classes, Files.createDirectories(build).resolve("mlops.jar"));
          made.makeArchive(build);
        }
        return made;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Short: it is in the path of each library. */
  private static String name(String content) {
    return UUID.nameUUIDFromBytes(content.getBytes(UTF_8)).toString().substring(0, 8);
  }

  List<String> options() {
    return List.of("-Xshare:auto", "-Xlog:disable", "-XX:SharedArchiveFile=" + archive);
  }

  String classPath() {
    return Program.joined(Stream.concat(jars.stream(), folders.stream()).toList());
  }

  /** What changes with each compilation: name, size and time of all files. */
  private static String stamps(Path classes) throws IOException {
    StringBuilder stamps = new StringBuilder();
    Files.walkFileTree(
        classes,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            stamps.append(file).append(attributes.size()).append(attributes.lastModifiedTime());
            return FileVisitResult.CONTINUE;
          }
        });
    return stamps.toString();
  }

  /** Archives of classes that are no more. */
  private static void deleteEarlier(Path libraries) throws IOException {
    try (Stream<Path> builds = Files.list(libraries)) {
      builds.filter(Files::isDirectory).forEach(Folders::delete);
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
      }
    }
  }

  /** Most are not signed, and some of those large. */
  private static Path unsigned(Path jar, Path copy) throws IOException {
    if (Files.exists(copy)) {
      return copy;
    }
    if (!isSigned(jar)) {
      return linked(jar, copy);
    }
    Path fresh = Files.copy(jar, copy.resolveSibling("new.jar"), REPLACE_EXISTING);
    try (FileSystem zip = FileSystems.newFileSystem(fresh)) {
      for (Path signature : signatures(zip)) {
        Files.delete(signature);
      }
    }
    return Files.move(fresh, copy);
  }

  private static boolean isSigned(Path jar) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      return !signatures(zip).isEmpty();
    }
  }

  private static List<Path> signatures(FileSystem zip) throws IOException {
    List<Path> found = new ArrayList<>();
    Path folder = zip.getPath("META-INF");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{SF,RSA,DSA,EC}")) {
        files.forEach(found::add);
      }
    }
    return found;
  }

  private static Path linked(Path jar, Path link) throws IOException {
    try {
      return Files.createLink(link, jar);
    } catch (IOException | UnsupportedOperationException e) { // it lies on another disk
      return Files.copy(jar, link);
    }
  }

  /** Of the classes that a bootstrap and a training use: most that any process does. */
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
              "mlops.cli.LibrariesTest",
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
