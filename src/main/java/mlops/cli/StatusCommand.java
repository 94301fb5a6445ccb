package mlops.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.steps.Lineage;
import mlops.steps.review.ModelStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops status}. */
@Command(
    name = "status",
    description = "Shows which model is where, what serves, and what served before.")
final class StatusCommand implements Callable<Integer> {
  private static final int MODELS_SHOWN = 5;
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
        environments.forEach(e -> show(out, e));
      }
      out.flush();
      return 0;
    }
  }

  private static void show(PrintWriter out, ModelStatus.Environment environment) {
    out.printf(
        "%-5s %s%s%n",
        environment.name(),
        environment.workspace(),
        environment.exists() ? "" : "  does not exist: mlops bootstrap");
    environment.models().stream()
        .limit(MODELS_SHOWN)
        .forEach(m -> show(out, environment.model(), m));
    int more = environment.models().size() - MODELS_SHOWN;
    if (more > 0) {
      out.println("      … and %d older versions".formatted(more));
    }
    environment
        .serving()
        .ifPresent(
            s -> {
              out.printf("      endpoint  %s%n", s.endpoint());
              out.printf(
                  "      serves    %s%n",
                  s.deployment().isEmpty()
                      ? "nothing yet"
                      : "%s (model version %s)".formatted(s.deployment(), s.modelVersion()));
              out.printf("      before    %s%n", s.previous().isEmpty() ? "nothing" : s.previous());
            });
    out.println();
  }

  private static void show(PrintWriter out, String model, ModelStatus.Model version) {
    Lineage lineage = version.lineage();
    if (lineage.job().isEmpty()) {
      out.printf(
          "      %s version %s  no lineage: no mlops train came to its end with it%n",
          model, version.version());
      return;
    }
    out.printf(
        "      %s version %s  gate %s  r2 %s  by %s at %s%n",
        model,
        version.version(),
        lineage.gate(),
        lineage.metrics().getOrDefault("r2", "?"),
        version.by(),
        minute(version.at()));
    out.printf(
        "        from %s:%s  job %s  commit %s%n",
        lineage.trained().workspace(), lineage.trained().version(), lineage.job(), commit(lineage));
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
      Lineage lineage = version.lineage();
      ObjectNode model = models.addObject();
      model.put("name", environment.model()).put("version", version.version());
      model.put("gate", lineage.gate()).put("job", lineage.job());
      model
          .put("sourceWorkspace", lineage.trained().workspace())
          .put("sourceVersion", lineage.trained().version());
      model.put("commit", lineage.commit().hash()).put("manifest", lineage.manifest().hash());
      model.put("dirty", lineage.commit().dirty()).put("by", version.by()).put("at", version.at());
      lineage.metrics().forEach(model.putObject("metrics")::put);
    }
    environment
        .serving()
        .ifPresent(
            s ->
                json.putObject("serving")
                    .put("endpoint", s.endpoint())
                    .put("deployment", s.deployment())
                    .put("modelVersion", s.modelVersion())
                    .put("previous", s.previous()));
  }
}
