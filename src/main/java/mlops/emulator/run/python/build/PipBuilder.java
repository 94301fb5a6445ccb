package mlops.emulator.run.python.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds with venv and pip, which come with every Python. */
final class PipBuilder implements Builder {
  private static final List<String> QUIETLY =
      List.of(
          "--disable-pip-version-check",
          "--no-input",
          "--no-compile",
          "--prefer-binary",
          "--no-warn-script-location");

  private final BuildProcess process;
  private final Interpreter python;
  private List<String> pip = List.of();

  PipBuilder(BuildProcess process, Interpreter python) {
    this.process = process;
    this.python = python;
  }

  @Override
  public String name() {
    return "pip";
  }

  @Override
  public BuildProcess.Ended create(Path environment) {
    List<String> line = new ArrayList<>(python.module("venv"));
    line.addAll(List.of("--without-pip", environment.toString()));
    return process.run(line);
  }

  @Override
  public BuildProcess.Ended install(
      Path environment, List<String> packages, List<String> options, boolean onlyBuilt) {
    List<String> line = new ArrayList<>(pip(environment));
    line.add("install");
    line.addAll(QUIETLY);
    line.addAll(options);
    if (onlyBuilt) {
      line.addAll(CompiledPackages.onlyBuilt());
    }
    line.addAll(packages);
    return process.run(line);
  }

  /**
   * Its exit code is the same for all that goes wrong, and where the network is gone it ends with
   * "no matching distribution": only its warnings before that tell the two apart.
   */
  @Override
  public boolean isGeneral(BuildProcess.Ended failure) {
    return failure.timedOut() || failure.said().contains("WARNING: Retrying (Retry(");
  }

  /** The pip of the machine, which saves installing one, else one of the environment's own. */
  private List<String> pip(Path environment) {
    if (pip.isEmpty()) {
      String own = VirtualEnvironment.python(environment).toString();
      List<String> machine = new ArrayList<>(python.module("pip"));
      machine.addAll(List.of("--python", own));
      List<String> version = new ArrayList<>(machine);
      version.add("--version");
      boolean there = process.run(version).well();
      if (!there) {
        process.run(List.of(own, "-m", "ensurepip", "--default-pip"));
      }
      pip = there ? machine : List.of(own, "-m", "pip");
    }
    return pip;
  }
}
