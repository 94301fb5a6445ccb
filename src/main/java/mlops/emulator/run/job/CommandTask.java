package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.ml.workspace.DefaultDatastores;
import mlops.emulator.run.data.InputMode;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.OutputTarget;

/**
 * One command to run: what a command job says, or a component with the inputs of its node.
 *
 * @param code the code asset, empty where there is none
 * @param environment a reference to an environment, or one in line; missing where there is none
 * @param modes how inputs come to the job, where they say so
 * @param optional the inputs that may stay without a value
 * @param asUser whether it reads and writes as the submitting user, not as its compute
 * @param compute where it runs, empty for the default of its pipeline
 * @param services by which people would look into it on Azure
 */
public record CommandTask(
    String command,
    String code,
    JsonNode environment,
    Map<String, InputValue> inputs,
    Map<String, InputMode> modes,
    Set<String> optional,
    Map<String, OutputTarget> outputs,
    Map<String, String> variables,
    Optional<Duration> timeout,
    Distribution distribution,
    boolean asUser,
    String compute,
    boolean deterministic,
    List<String> services) {

  /**
   * Whether an output is the folder of the run's own artifacts, its logs and {@code ./outputs}: one
   * of that name that goes nowhere else, and that the command leaves alone.
   */
  boolean isArtifacts(String output, OutputTarget target) {
    return DefaultDatastores.isArtifacts(output)
        && target.uri().isEmpty()
        && !command.contains("outputs." + output);
  }

  /** This task on another compute. */
  public CommandTask on(String other) {
    return copy(command, inputs, outputs, other);
  }

  /** This task with other words and values. */
  public CommandTask with(
      String words, Map<String, InputValue> values, Map<String, OutputTarget> targets) {
    return copy(words, values, targets, compute);
  }

  /** This task on some instances, whatever it does there. */
  public CommandTask across(int instances) {
    return new CommandTask(
        command,
        code,
        environment,
        inputs,
        modes,
        optional,
        outputs,
        variables,
        timeout,
        Distribution.across(instances),
        asUser,
        compute,
        deterministic,
        services);
  }

  private CommandTask copy(
      String words,
      Map<String, InputValue> values,
      Map<String, OutputTarget> targets,
      String place) {
    return new CommandTask(
        words,
        code,
        environment,
        values,
        modes,
        optional,
        targets,
        variables,
        timeout,
        distribution,
        asUser,
        place,
        deterministic,
        services);
  }
}
