package mlops.emulator.run.python.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

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
  private final AtomicReference<List<String>> pip = new AtomicReference<>(List.of());

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
    return process.run(
        List.of(python.path().toString(), "-m", "venv", "--without-pip", environment.toString()));
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

  /** Its exit code is the same for all that goes wrong. */
  @Override
  public boolean isGeneral(BuildProcess.Ended failure) {
    return failure.timedOut();
  }

  /** The pip of the machine, which saves installing one, else one of the environment's own. */
  private List<String> pip(Path environment) {
    List<String> known = pip.get();
    if (known != null && !known.isEmpty()) {
      return known;
    }
    String own = VirtualEnvironment.python(environment).toString();
    List<String> machine = List.of(python.path().toString(), "-m", "pip", "--python", own);
    List<String> version = new ArrayList<>(machine);
    version.add("--version");
    boolean there = process.run(version).well();
    if (!there) {
      process.run(List.of(own, "-m", "ensurepip", "--default-pip"));
    }
    List<String> found = there ? machine : List.of(own, "-m", "pip");
    pip.set(found);
    return found;
  }
}
