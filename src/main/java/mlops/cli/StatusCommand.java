package mlops.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.stage.NextStage;
import mlops.cli.stage.TaggedNumbers;
import mlops.cli.terminal.WrappedLines;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.RollbackTag;
import mlops.steps.review.ModelStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops status}. */
@Command(
    name = "status",
    description = "Shows which model is where, what serves, and what served before.")
final class StatusCommand implements Callable<Integer> {
  private static final int INDENT = 6;
  private static final int MODELS_SHOWN = 5;
  private static final int METRICS_SHOWN = 3;
  private static final int COMMIT = 12;
  private static final int MINUTE = 16;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      List<ModelStatus.Environment> environments =
          new ModelStatus(session.azure(), session.profile()).environments();
      PrintWriter out = session.console().out();
      if (session.options().json()) {
        JsonDocument document = new JsonDocument(session.command(), session.options());
        document.profile(session.profile());
        environments.forEach(e -> fill(document.result().putObject(e.name()), e));
        document.print(session.console());
      } else {
        Set<String> judged = session.profile().gate().metrics().keySet();
        WrappedLines lines = new WrappedLines(out, session.columns());
        String training = session.profile().training().name();
        environments.forEach(
            e ->
                show(
                    lines,
                    e,
                    e.name().equals(training) ? "train" : "promote --to " + e.name(),
                    judged));
      }
      out.flush();
      session.next(next(session.profile(), environments));
      return 0;
    }
  }

  /** The first environment that lacks something says what comes next. */
  private static String next(Profile profile, List<ModelStatus.Environment> environments) {
    for (ModelStatus.Environment environment : environments) {
      if (!environment.exists()) {
        return "bootstrap";
      }
      if (environment.models().isEmpty()) {
        return profile
            .target(environment.name())
            .map(target -> NextStage.promotion(profile, target))
            .orElse("train");
      }
    }
    return "guide";
  }

  /**
   * Shows an environment.
   *
   * @param command what brings a model there
   */
  private static void show(
      WrappedLines out, ModelStatus.Environment environment, String command, Set<String> judged) {
    out.add(
        0,
        "%-5s %s%s"
            .formatted(
                environment.name(),
                environment.workspace(),
                environment.exists() ? "" : "  does not exist: mlops bootstrap"));
    if (environment.exists() && environment.models().isEmpty()) {
      boolean deployed = environment.serving().filter(s -> !s.model().isEmpty()).isPresent();
      out.add(
          INDENT,
          deployed
              ? "%s is gone, or may not be read: mlops lineage --env %s"
                  .formatted(environment.model(), environment.name())
              : "no model yet: mlops " + command);
    }
    environment.models().stream()
        .limit(MODELS_SHOWN)
        .forEach(m -> show(out, environment.model(), m, judged));
    int more = environment.models().size() - MODELS_SHOWN;
    if (more > 0) {
      out.add(INDENT, "… and %d older versions".formatted(more));
    }
    environment.serving().ifPresent(serving -> show(out, serving));
    out.gap();
  }

  private static void show(WrappedLines out, ModelStatus.Serving serving) {
    out.add(INDENT, "endpoint  %s".formatted(serving.endpoint()));
    out.add(
        INDENT,
        "serves    %s"
            .formatted(
                serving.deployment().isEmpty()
                    ? "nothing yet"
                    : "%s (model version %s)"
                        .formatted(serving.deployment(), serving.modelVersion())));
    out.add(
        INDENT,
        "before    %s".formatted(serving.previous().isEmpty() ? "nothing" : serving.previous()));
    serving
        .rolledBack()
        .forEach(
            b ->
                out.add(
                    INDENT,
                    "rolled back  %s (model version %s) %s"
                        .formatted(b.deployment(), b.modelVersion(), b.words())));
  }

  private static void show(
      WrappedLines out, String model, ModelStatus.Model version, Set<String> judged) {
    Lineage lineage = version.lineage();
    if (lineage.job().isEmpty()) {
      out.add(
          INDENT,
          "%s version %s  no lineage: no mlops train came to its end with it"
              .formatted(model, version.version()));
      return;
    }
    out.add(
        INDENT,
        "%s version %s  gate %s%s  by %s at %s"
            .formatted(
                model,
                version.version(),
                lineage.gate(),
                metrics(lineage, judged),
                version.by(),
                minute(version.at())));
    out.add(
        INDENT + 2,
        "from %s:%s  job %s  commit %s"
            .formatted(
                lineage.trained().workspace(),
                lineage.trained().version(),
                lineage.job(),
                commit(lineage)));
  }

  /** The metrics that the gate is about; where it is about none, the first that there are. */
  private static String metrics(Lineage lineage, Set<String> judged) {
    Map<String, String> all = new TreeMap<>(lineage.metrics());
    Collection<String> shown =
        judged.isEmpty() ? all.keySet().stream().limit(METRICS_SHOWN).toList() : judged;
    return shown.stream()
        .map(metric -> "  %s %s".formatted(metric, all.getOrDefault(metric, "?")))
        .collect(Collectors.joining());
  }

  private static String minute(String instant) {
    return instant.length() < MINUTE ? instant : instant.substring(0, MINUTE).replace('T', ' ');
  }

  private static String commit(Lineage lineage) {
    String commit = lineage.commit().hash();
    String shown = commit.length() > COMMIT ? commit.substring(0, COMMIT) : commit;
    return lineage.commit().dirty().equals("true") ? shown + " (changed)" : shown;
  }

  private static void fill(ObjectNode json, ModelStatus.Environment environment) {
    json.put("workspace", environment.workspace()).put("exists", environment.exists());
    ArrayNode models = json.putArray("models");
    for (ModelStatus.Model version : environment.models()) {
      fill(models.addObject().put("name", environment.model()), version);
    }
    environment.serving().ifPresent(serving -> fill(json.putObject("serving"), serving));
  }

  /** What is not known of a version, as it is without lineage, is null. */
  private static void fill(ObjectNode model, ModelStatus.Model version) {
    Lineage lineage = version.lineage();
    boolean known = !lineage.manifest().isEmpty();
    model.put("version", version.version());
    model.put("gate", orNull(lineage.gate())).put("job", orNull(lineage.job()));
    model.put("sourceWorkspace", orNull(lineage.trained().workspace()));
    model.put("sourceVersion", orNull(lineage.trained().version()));
    model.put("commit", orNull(lineage.commit().hash()));
    model.put("manifest", known ? lineage.manifest().hash() : null);
    String dirty = lineage.commit().dirty();
    model.put("dirty", dirty.matches("true|false") ? Boolean.valueOf(dirty) : null);
    model.put("by", version.by()).put("at", version.at());
    ObjectNode metrics = model.putObject("metrics");
    lineage.metrics().forEach((name, value) -> TaggedNumbers.put(metrics, name, value));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void fill(ObjectNode json, ModelStatus.Serving serving) {
    json.put("endpoint", serving.endpoint()).put("deployment", serving.deployment());
    json.put("modelVersion", serving.modelVersion()).put("previous", serving.previous());
    ArrayNode rolledBack = json.putArray("rolledBack");
    for (RollbackTag one : serving.rolledBack()) {
      rolledBack
          .addObject()
          .put("deployment", one.deployment())
          .put("modelVersion", one.modelVersion())
          .put("at", one.at())
          .put("by", one.by());
    }
  }
}
