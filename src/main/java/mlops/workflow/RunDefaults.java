package mlops.workflow;

import java.util.Optional;
import mlops.workflow.expression.ContextPlace;
import mlops.yaml.YamlNode;

/** {@code defaults.run}: how scripts are run that do not say it themselves. */
public record RunDefaults(Optional<String> shell, Optional<ExpressionText> workingDirectory) {
  static final String SHELL = "shell";
  static final String DIRECTORY = "working-directory";

  static RunDefaults of(YamlNode map, ContextPlace place) {
    YamlNode defaults = map.map("defaults").orElse(map.nothing());
    defaults.allow("run");
    YamlNode run = defaults.map("run").orElse(map.nothing());
    run.allow(SHELL, DIRECTORY);
    return new RunDefaults(run.text(SHELL), ExpressionText.at(run, DIRECTORY, place));
  }

  /** These, and where they say nothing those of the whole workflow. */
  RunDefaults or(RunDefaults outer) {
    return new RunDefaults(shell.or(outer::shell), workingDirectory.or(outer::workingDirectory));
  }
}
