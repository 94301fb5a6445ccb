package mlops.cli.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.error.MlopsException;
import mlops.project.workflow.MlopsRelease;
import mlops.project.workflow.ProjectWorkflow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops github workflow}. */
@Command(
    name = "workflow",
    description =
        "Writes the workflow that trains, promotes and scores: .github/workflows/mlops.yml.")
final class GitHubWorkflowCommand implements Callable<Integer> {
  private static final int DIFFERS = 4;
  private static final int MOST_SHOWN = 20;

  @Spec CommandSpec spec;

  @Option(
      names = "--check",
      description = "Write nothing: end with exit code 4 if the file is not what it would be.")
  boolean check;

  @Option(
      names = "--release",
      paramLabel = "OWNER/NAME@TAG",
      description =
          "Where jobs get mlops from (./mlops beside the profile; else what the file says already).")
  @Nullable String release;

  @Option(names = "--force", description = "Replace a file that somebody else wrote.")
  boolean force;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    GlobalOptions options = mlops.options();
    Optional<MlopsRelease> from = Optional.ofNullable(release).map(MlopsRelease::of);
    ProjectWorkflow file = file(options, mlops.environment());
    List<String> differences = file.differences(from);
    String outcome = outcome(file, differences);
    if (!check && !differences.isEmpty()) {
      file.write(from, force);
    }
    tell(mlops.environment().console(), options, file.path(), outcome, differences);
    return check && !differences.isEmpty() ? DIFFERS : 0;
  }

  /** The commands of the workflow work on what this one is told to work on. */
  private static ProjectWorkflow file(GlobalOptions options, CliEnvironment environment) {
    if (options.sampleProfile().isPresent()) {
      throw MlopsException.invalid(
          "There is no mlops.yml here", "Go to the folder of the profile, or name it: --profile.");
    }
    Path profile = options.profileFile();
    String name = profile.getFileName().toString();
    String words =
        (name.equals("mlops.yml") ? "" : " --profile " + GlobalOptions.quoted(name))
            + options.suffix().map(" --suffix "::concat).orElse("");
    return ProjectWorkflow.of(options.profile(environment.variables()), profile, words);
  }

  private String outcome(ProjectWorkflow file, List<String> differences) {
    if (differences.isEmpty()) {
      return "unchanged";
    }
    if (file.isThere()) {
      return check ? "differs" : "updated";
    }
    return check ? "missing" : "created";
  }

  private void tell(
      Console console, GlobalOptions options, Path path, String outcome, List<String> differences) {
    if (options.json()) {
      JsonDocument document = new JsonDocument("github workflow", options);
      document.result().put("file", path.toString()).put("outcome", outcome);
      ArrayNode lines = document.result().putArray("differences");
      differences.forEach(lines::add);
      document.print(console);
      return;
    }
    PrintWriter out = console.out();
    out.println(path + "  " + outcome);
    if (outcome.equals("differs")) {
      differences.stream().limit(MOST_SHOWN).forEach(line -> out.println("  " + line));
      if (differences.size() > MOST_SHOWN) {
        out.printf("  … and %d more%n", differences.size() - MOST_SHOWN);
      }
    }
    out.flush();
  }
}
