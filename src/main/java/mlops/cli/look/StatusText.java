package mlops.cli.look;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mlops.cli.terminal.WrappedLines;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.review.ModelStatus;

/** Which model is where and what serves, for people. */
record StatusText(WrappedLines out, Profile profile) {
  private static final int INDENT = 6;
  private static final int MODELS_SHOWN = 5;
  private static final int METRICS_SHOWN = 3;
  private static final int COMMIT = 12;
  private static final int MINUTE = 16;

  void show(ModelStatus.Environment environment) {
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
              : "no model yet: mlops " + bringing(environment.name()));
    }
    environment.models().stream().limit(MODELS_SHOWN).forEach(m -> show(environment.model(), m));
    int more = environment.models().size() - MODELS_SHOWN;
    if (more > 0) {
      out.add(INDENT, "… and %d older versions".formatted(more));
    }
    environment.serving().ifPresent(this::show);
    out.gap();
  }

  /** The command that brings a model there. */
  private String bringing(String environment) {
    return environment.equals(profile.training().name()) ? "train" : "promote --to " + environment;
  }

  private void show(ModelStatus.Serving serving) {
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

  private void show(String model, ModelStatus.Model version) {
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
                metrics(lineage),
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
  private String metrics(Lineage lineage) {
    Set<String> judged = profile.gate().metrics().keySet();
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
}
