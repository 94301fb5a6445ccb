package mlops.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.github.actions.RunArtifact;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.state.Folders;
import mlops.rehearsal.log.StepFailure;

/** Keeps files of a job beside its run, and brings them into another job. */
final class ArtifactActions {
  private static final String NAME = "name";
  private static final String PATH = "path";

  static void upload(StepCall call) {
    call.allow(
        NAME,
        PATH,
        "if-no-files-found",
        "retention-days",
        "overwrite",
        "compression-level",
        "include-hidden-files");
    String name = call.input(NAME, "artifact");
    List<Path> files = files(call);
    if (files.isEmpty()) {
      nothing(call);
      return;
    }
    Path target = folder(call, name);
    requireNew(call, name);
    Folders.delete(target);
    Path top = common(call.workspace(), call.input(PATH, "").lines().toList());
    keep(call, name, copy(files, top, target));
    call.log().say("%d files are kept as %s: %s".formatted(files.size(), name, target));
  }

  /** The names of the artifacts that the run has by now. */
  private static List<String> kept(StepCall call) {
    return call.host().actions().runs().find(call.host().repository(), call.run().number()).stream()
        .flatMap(run -> run.artifacts().stream())
        .map(RunArtifact::name)
        .toList();
  }

  private static void requireNew(StepCall call, String name) {
    if (kept(call).contains(name) && !Boolean.parseBoolean(call.input("overwrite", "false"))) {
      throw new StepFailure(
          "Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run");
    }
  }

  /** Copies files with their paths below a folder; their size. */
  private static long copy(List<Path> files, Path top, Path target) {
    long size = 0;
    try {
      for (Path file : files) {
        Path to = target.resolve(top.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        size += Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return size;
  }

  private static void keep(StepCall call, String name, long size) {
    WorkflowRuns runs = call.host().actions().runs();
    long number = call.host().actions().directory().nextNumber();
    runs.change(
        call.host().repository(),
        call.run().number(),
        run -> run.with(new RunArtifact(number, name, size, runs.now())));
  }

  private static void nothing(StepCall call) {
    String text =
        "No files were found with the provided path: %s. No artifacts will be uploaded."
            .formatted(call.input(PATH, ""));
    switch (call.input("if-no-files-found", "warn")) {
      case "error" -> throw new StepFailure(text);
      case "ignore" -> call.log().say(text);
      default -> call.log().printed("::warning::" + text);
    }
  }

  /** All files in the named folders, and those that patterns fit. */
  private static List<Path> files(StepCall call) {
    Set<Path> found = new TreeSet<>();
    try {
      for (String line : call.input(PATH, "").lines().map(String::strip).toList()) {
        Path named = call.workspace().resolve(line).normalize();
        if (!line.isEmpty() && !isPattern(line)) {
          found.addAll(
              Files.isDirectory(named)
                  ? Folders.files(named)
                  : Files.exists(named) ? List.of(named) : List.of());
        } else if (!line.isEmpty()) {
          PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + named);
          Folders.files(call.workspace()).stream().filter(matcher::matches).forEach(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean hidden = Boolean.parseBoolean(call.input("include-hidden-files", "false"));
    found.removeIf(file -> !hidden && isHidden(call.workspace().relativize(file)));
    return new ArrayList<>(found);
  }

  /** Whether the name of it, or of a folder on the way, begins with a dot. */
  private static boolean isHidden(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".") && !part.toString().matches("\\.\\.?")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPattern(String line) {
    return line.contains("*") || line.contains("?");
  }

  /** One folder is its own top; several keep their paths below what they share. */
  private static Path common(Path workspace, List<String> lines) {
    List<Path> named =
        lines.stream()
            .map(String::strip)
            .filter(l -> !l.isEmpty())
            .map(l -> workspace.resolve(isPattern(l) ? l.replaceFirst("/?[^/]*[*?].*", "") : l))
            .map(Path::normalize)
            .toList();
    Path top = named.get(0);
    if (named.size() == 1) {
      return Files.isDirectory(top) ? top : Objects.requireNonNull(top.getParent());
    }
    while (!isAbove(top, named)) {
      top = Objects.requireNonNull(top.getParent());
    }
    return top;
  }

  private static boolean isAbove(Path folder, List<Path> all) {
    return all.stream().allMatch(p -> p.startsWith(folder) && !p.equals(folder));
  }

  /** One artifact by its name, or all of the run, each into a folder of its own. */
  static void download(StepCall call) {
    call.allow(NAME, PATH, "pattern", "merge-multiple");
    String name = call.input(NAME, "");
    Path target = call.workspace().resolve(call.input(PATH, ".")).normalize();
    boolean merge = Boolean.parseBoolean(call.input("merge-multiple", "false"));
    PathMatcher wanted =
        FileSystems.getDefault().getPathMatcher("glob:" + call.input("pattern", "*"));
    List<String> there =
        kept(call).stream()
            .filter(n -> name.isEmpty() ? wanted.matches(Path.of(n)) : n.equals(name))
            .toList();
    if (there.isEmpty() && !name.isEmpty()) {
      throw new StepFailure("Unable to download artifact(s): Artifact not found for name: " + name);
    }
    for (String one : there) {
      Path source = folder(call, one);
      try {
        boolean apart = name.isEmpty() && !merge;
        copy(Folders.files(source), source, apart ? target.resolve(one) : target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    call.log().say("%d artifacts downloaded: %s".formatted(there.size(), String.join(", ", there)));
  }

  private static Path folder(StepCall call, String name) {
    if (!name.matches("[^\":<>|*?\\r\\n\\\\/]+") || name.matches("\\.\\.?")) {
      throw new StepFailure("The artifact name is not valid: " + name);
    }
    return call.host()
        .actions()
        .runs()
        .artifact(call.host().repository(), call.run().number(), name);
  }

  private ArtifactActions() {}
}
