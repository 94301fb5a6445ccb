package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import mlops.azure.ml.RunClient.Run;
import mlops.azure.time.Deadline;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.steps.log.LogReader;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops logs}. */
@Command(name = "logs", description = "Shows what a job, or a step of it, wrote to its log.")
public final class LogsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin EnvironmentChoice environments;

  @Parameters(paramLabel = "JOB", description = "The name of a job, as mlops jobs lists it.")
  String job = "";

  @Option(
      names = "--step",
      paramLabel = "NAME",
      description = "One step of a pipeline (all of them, each line behind its name).")
  @Nullable String step;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the job ends; a job that fails then ends with exit code 1.")
  boolean follow;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      FoundJob found = FoundJob.of(session, environments, job);
      Optional<String> wanted = Optional.ofNullable(step);
      LogReader reader = new LogReader(session.azure(), found.workspace(), found.name(), wanted);
      LogView view = new LogView(session, wanted.isPresent());
      List<LogReader.Line> lines = new ArrayList<>();
      LogReader.Look look = reader.look();
      requireStep(look);
      while (true) {
        lines.addAll(look.lines());
        view.show(look);
        if (look.isLast() || !follow) {
          break;
        }
        view.waiting(look);
        pause(session);
        look = reader.look();
      }
      return ended(session, look, lines, view);
    }
  }

  /** As long as those who follow a job wait. */
  private static void pause(Session session) {
    Duration interval = session.azure().connection().pollInterval().multipliedBy(4);
    Deadline.in(interval).pause(interval);
  }

  private void requireStep(LogReader.Look look) {
    List<String> names = look.runs().stream().map(Run::name).toList();
    if (step != null && !names.contains(step)) {
      throw MlopsException.invalid(
          "job %s has no step '%s'".formatted(look.job().id(), step),
          SpellingSuggestion.wayOut(step, names, "Its steps are: " + String.join(", ", names)));
    }
  }

  private int ended(
      Session session, LogReader.Look look, List<LogReader.Line> lines, LogView view) {
    boolean bad = look.isLast() && !look.job().status().equals("Completed");
    if (session.options().json()) {
      print(session, look, lines);
    } else {
      view.end(look, follow);
    }
    if (bad && follow && !session.options().json()) {
      throw MlopsException.failed(
          "Job" + look.job().status(), LogView.ended(look), "The log says more: see above.");
    }
    return bad && follow ? 1 : 0;
  }

  private void print(Session session, LogReader.Look look, List<LogReader.Line> lines) {
    Map<String, StringBuilder> texts = new TreeMap<>();
    lines.forEach(
        line ->
            texts
                .computeIfAbsent(line.run(), name -> new StringBuilder())
                .append(line.text())
                .append('\n'));
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    document.result().put("job", look.job().id()).put("status", look.job().status());
    document.result().putArray("steps");
    for (Run run : look.runs()) {
      if (step == null || step.equals(run.name())) {
        ObjectNode json = document.result().withArray("steps").addObject();
        json.put("name", run.name()).put("status", run.status());
        json.put("log", Objects.toString(texts.get(run.name()), ""));
      }
    }
    document.print(session.console());
  }
}
