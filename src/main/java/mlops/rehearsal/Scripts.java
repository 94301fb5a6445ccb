package mlops.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.rehearsal.log.StepFailure;
import mlops.workflow.StepWork;

/** Runs the scripts of steps, by the command lines that GitHub documents for each shell. */
final class Scripts {
  /** Where a file says no shell, bash runs without its other options. */
  private static final String USUAL = "";

  private static final Map<String, List<String>> SHELLS =
      Map.of(
          USUAL,
          List.of("bash", "-e"),
          "bash",
          List.of("bash", "--noprofile", "--norc", "-eo", "pipefail"),
          "sh",
          List.of("sh", "-e"),
          "python",
          List.of("python"));

  static boolean isKnown(Optional<String> shell) {
    return SHELLS.containsKey(shell.orElse(USUAL));
  }

  static List<String> known() {
    return SHELLS.keySet().stream().filter(s -> !s.isEmpty()).sorted().toList();
  }

  static void run(StepWork.Script script, StepCall call) {
    Path folder =
        script
            .workingDirectory()
            .map(d -> call.workspace().resolve(d.text(call.contexts())))
            .orElse(call.workspace());
    if (!Files.isDirectory(folder)) {
      throw new StepFailure(
          "The working directory %s does not exist"
              .formatted(call.workspace().relativize(folder.normalize())));
    }
    String text = script.script().text(call.contexts());
    call.log().say("##[group]Run " + text.strip().lines().findFirst().orElse(""));
    call.log().say(text.stripTrailing());
    call.log().say("##[endgroup]");
    List<String> line = new ArrayList<>(SHELLS.get(script.shell().orElse(USUAL)));
    line.add(written(call, text).toString());
    int code = call.processes().run(line, folder, call.variables(), call.limit());
    if (code != 0) {
      throw new StepFailure("Process completed with exit code %d.".formatted(code));
    }
  }

  private static Path written(StepCall call, String text) {
    try {
      return Files.writeString(call.host().folders().temporary().resolve("script.sh"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Scripts() {}
}
