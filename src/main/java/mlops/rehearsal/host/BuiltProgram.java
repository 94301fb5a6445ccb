package mlops.rehearsal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** The mlops of a repository that holds its sources, as its launcher builds it beside them. */
public record BuiltProgram(Path folder) {
  static final String JAR = "target/mlops.jar";
  private static final String BEGAN = "target/launcher/built";
  private static final List<String> SOURCES = List.of("src/main", "pom.xml");

  /** Whether the repository holds the sources of mlops at all. */
  public boolean isOfSources() {
    return Files.isRegularFile(folder.resolve("mlops"))
        && Files.exists(folder.resolve("pom.xml"))
        && Files.exists(folder.resolve("src/main/java/mlops/Main.java"));
  }

  /** Whether it is built from the sources as they are now, by the rule of the launcher. */
  public boolean isCurrent() {
    try {
      return Files.exists(folder.resolve(JAR)) && (isNewest(JAR) || isNewest(BEGAN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Folders count: a deleted file shows in them. */
  private boolean isNewest(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return false;
    }
    FileTime time = Files.getLastModifiedTime(file);
    for (String source : SOURCES) {
      try (Stream<Path> all = Files.walk(folder.resolve(source))) {
        for (Path one : all.toList()) {
          if (Files.getLastModifiedTime(one).compareTo(time) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
