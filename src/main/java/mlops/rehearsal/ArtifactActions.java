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
    Path top = common(call.workspace(), call.input(PATH, "").lines().toList());
    Path target = folder(call, name);
    long size = 0;
    try {
      Folders.delete(target);
      for (Path file : files) {
        Path to = target.resolve(top.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        size += Files.size(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keep(call, name, size);
    call.log().say("%d files are kept as %s: %s".formatted(files.size(), name, target));
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
    return new ArrayList<>(found);
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

  static void download(StepCall call) {
    call.allow(NAME, PATH);
    String name = call.input(NAME, "");
    Path source = folder(call, name);
    if (name.isEmpty() || !Files.isDirectory(source)) {
      throw new StepFailure("Unable to download artifact(s): Artifact not found for name: " + name);
    }
    Path target = call.workspace().resolve(call.input(PATH, ".")).normalize();
    try {
      for (Path file : Folders.files(source)) {
        Path to = target.resolve(source.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(StepCall call, String name) {
    Path all =
        call.host()
            .actions()
            .runs()
            .folder(call.host().repository(), call.run().number())
            .resolve("artifacts");
    Path folder = all.resolve(name).normalize();
    if (!folder.startsWith(all)) {
      throw new StepFailure("The artifact name is not valid: " + name);
    }
    return folder;
  }

  private ArtifactActions() {}
}
