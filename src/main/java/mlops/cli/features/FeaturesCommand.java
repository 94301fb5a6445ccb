package mlops.cli.features;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mlops features …}: features by Azure's own definitions. */
@Command(
    name = "features",
    description =
        "Features: checks definitions, makes training data, serves values, shows that both agree.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      FeaturesValidateCommand.class,
      FeaturesTrainDataCommand.class,
      FeaturesApplyCommand.class,
      FeaturesMaterializeCommand.class,
      FeaturesGetCommand.class,
      FeaturesServeCommand.class,
      FeaturesCheckSkewCommand.class
    })
public final class FeaturesCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    String commands = String.join(", ", spec.commandLine().getSubcommands().keySet());
    throw new ParameterException(spec.commandLine(), "a command is missing: " + commands);
  }
}
