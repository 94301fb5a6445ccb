package mlops.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * The files of a project that tell how it is set up: those of Azure ML, and the texts beside them,
 * which are read and never run.
 *
 * @param described sorted by path
 * @param scripts scripts, workflows and pages
 */
record ProjectFiles(Path project, List<Described> described, List<Text> scripts) {
  private static final int MOST = 20_000;
  private static final long LONGEST = 1 << 20;
  private static final Set<String> PASSED_OVER =
      Set.of("node_modules", "venv", "env", "site-packages", "__pycache__", "mlruns");
  private static final Set<String> HIDDEN =
      Set.of(".github", ".azure-pipelines", ".devops", ".azuredevops");

  /**
   * A file of Azure ML.
   *
   * @param path from the folder of the project, with slashes
   */
  record Described(FileKind kind, String path, YamlNode content) {
    String name() {
      return content.text("name").orElse("").strip();
    }
  }

  /** A text that may have commands in it. */
  record Text(String path, String content) {}

  static ProjectFiles of(Path project) {
    List<Described> described = new ArrayList<>();
    List<Text> scripts = new ArrayList<>();
    for (Path file : files(project)) {
      String path = project.relativize(file).toString().replace('\\', '/');
      boolean yaml = path.matches(".*\\.ya?ml");
      int before = described.size();
      if (yaml) {
        YamlFile.read(file, new Mistakes())
            .filter(YamlNode::isMap)
            .flatMap(node -> FileKind.of(node).map(kind -> new Described(kind, path, node)))
            .ifPresent(described::add);
      }
      if (described.size() == before
          && (yaml || path.matches(".*(\\.(sh|ps1|md|azcli|bash|txt)|Makefile)"))) {
        text(file, path, scripts);
      }
    }
    return new ProjectFiles(project, described, scripts);
  }

  private static void text(Path file, String path, List<Text> scripts) {
    try {
      scripts.add(new Text(path, Files.readString(file)));
    } catch (CharacterCodingException e) {
      return; // no text, then, that anybody would run
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** Links are not followed: they could lead out of the project, or in circles. */
  private static List<Path> files(Path project) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          project,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return isPassedOver(folder) && !folder.equals(project)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && attributes.size() <= LONGEST) {
                files.add(file);
              }
              return files.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(project + " cannot be read", e);
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }

  private static boolean isPassedOver(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return PASSED_OVER.contains(name) || (name.startsWith(".") && !HIDDEN.contains(name));
  }

  List<Described> of(FileKind kind) {
    return described.stream().filter(file -> file.kind() == kind).toList();
  }

  /** How often scripts speak of a file by its path, or by its name alone. */
  long mentions(Described file) {
    String name = file.path().replaceFirst(".*/", "");
    return scripts.stream().filter(text -> text.content().contains(name)).count();
  }

  /** What all scripts create by command. */
  List<AzCreate> creations() {
    return scripts.stream().flatMap(text -> AzCreate.in(text).stream()).toList();
  }
}
