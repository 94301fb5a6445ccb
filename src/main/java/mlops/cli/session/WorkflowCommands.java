package mlops.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.LocatedMistake;
import mlops.error.MlopsException;

/**
 * How a command tells the runner of GitHub Actions more than a log holds: lines that it reads, and
 * files that it gives to each step.
 *
 * @param variables those of the process
 */
public record WorkflowCommands(Map<String, String> variables) {

  /** In a job of GitHub; empty elsewhere. */
  public static Optional<WorkflowCommands> in(Map<String, String> variables) {
    return "true".equals(variables.get("GITHUB_ACTIONS"))
        ? Optional.of(new WorkflowCommands(variables))
        : Optional.empty();
  }

  /** What runs the workflow of this job again with an approval, up to the hash of that. */
  public Optional<String> approvedRun() {
    String repository = variables.getOrDefault("GITHUB_REPOSITORY", "");
    return repository.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "gh workflow run mlops.yml --repo %s --ref %s -f approve="
                .formatted(repository, variables.getOrDefault("GITHUB_REF_NAME", "main")));
  }

  /** The lines that show a failure beside the log. */
  List<String> errors(Throwable failure) {
    if (failure instanceof MlopsException e && !e.mistakes().isEmpty()) {
      return e.mistakes().stream().map(this::error).toList();
    }
    Problem problem = Problem.of(failure);
    String message = problem.message() + "\n" + problem.hint();
    return List.of("::error title=%s::%s".formatted(property(problem.code()), data(message)));
  }

  private String error(LocatedMistake mistake) {
    return "::error file=%s,line=%d,col=%d::%s"
        .formatted(
            property(fromRepository(mistake.file())),
            mistake.line(),
            mistake.column(),
            data(mistake.message()));
  }

  /** Files are shown by their paths in the repository. */
  private String fromRepository(String file) {
    Path root = Path.of(variables.getOrDefault("GITHUB_WORKSPACE", "")).toAbsolutePath();
    Path absolute = Path.of(file).toAbsolutePath().normalize();
    Path shown = absolute.startsWith(root) ? root.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }

  private static String data(String text) {
    return text.strip().replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  /** Gives what a command found to later steps and jobs, as outputs of its step. */
  public void outputs(JsonNode result) {
    StringBuilder lines = new StringBuilder();
    result
        .fields()
        .forEachRemaining(
            field -> {
              String value = field.getValue().asText();
              if (field.getValue().isValueNode() && value.lines().count() == 1) {
                lines.append(field.getKey()).append('=').append(value).append('\n');
              }
            });
    append("GITHUB_OUTPUT", lines.toString());
  }

  /** Adds to what GitHub shows of the run on its page. */
  public void summary(String markdown) {
    append("GITHUB_STEP_SUMMARY", markdown);
  }

  private void append(String variable, String text) {
    String file = variables.getOrDefault(variable, "");
    if (file.isEmpty()) {
      return; // another runner than GitHub's own may have none
    }
    try {
      Files.write(
          Path.of(file),
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(variable + " cannot be written", e);
    }
  }
}
