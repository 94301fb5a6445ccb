package mlops.emulator.run.python.build;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.OrphanProcesses;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.Folders;

/**
 * Builds one virtual environment in its folder: by uv where it can be had, which takes a fraction
 * of the time, else by pip.
 */
public final class EnvironmentBuild {
  /**
   * What jobs do not import, though packages bring much of it: tests, and the clients of all of
   * Azure's services that azureml-core brings, which are more code than pandas and scikit-learn.
   */
  private static final String NOT_IMPORTED = "[/\\\\](tests?|_vendor|azure[/\\\\]mgmt)[/\\\\]";

  private final Path folder;
  private final BuildProcess process;

  /**
   * @param folder that the environment will be; a log lies beside it
   */
  public EnvironmentBuild(Path folder, JobControl control) {
    this.folder = folder;
    this.process = new BuildProcess(folder.resolveSibling(folder.getFileName() + ".log"), control);
  }

  /** Ends and takes away what an interrupted build left: pip goes on when its host has died. */
  public void clear() {
    OrphanProcesses.kill(OrphanProcesses.of(process.log()));
    Folders.delete(folder);
    process.clear();
  }

  /**
   * What became of a build.
   *
   * @param builder what it was built with
   * @param leftOut what was wished for and could not be had
   */
  public record Made(String builder, List<String> leftOut) {}

  /**
   * Makes the environment.
   *
   * @param python that was found for what is wanted
   * @param uv where uv is, or is to be
   * @throws JobFailure where it cannot be made
   */
  public Made make(Interpreter python, Requirements wanted, EnvironmentMatch match, UvProgram uv) {
    Builder builder = builder(python, wanted, uv);
    create(builder, python);
    if (wanted.all().isEmpty()) {
      return new Made(builder.name(), List.of());
    }
    List<String> leftOut =
        new PackageInstallation(builder, folder, python, match, process).of(wanted);
    compile();
    return new Made(builder.name(), leftOut);
  }

  /**
   * Makes the environment by a program of the conda family.
   *
   * @param file the conda file
   * @return what the program says of its failure; empty where it made it
   */
  public Optional<String> makeByConda(CondaProgram program, String file) {
    BuildProcess.Ended ended = new CondaBuilder(process, program).create(folder, file);
    boolean made = ended.well() && Files.isExecutable(VirtualEnvironment.python(folder));
    return made ? Optional.empty() : Optional.of(BuildFailure.conda(program, ended, process));
  }

  /**
   * Makes an environment that finds what is installed for a Python, also in the user's own folders
   * and in a virtual environment that it is of. What a job installs comes into this environment,
   * and not there.
   */
  public Made link(Interpreter python) {
    Builder builder = new PipBuilder(process, python);
    create(builder, python);
    String lines =
        python.packages().stream()
            .map(
                p -> "import site; site.addsitedir(%s)\n".formatted(TextNode.valueOf(p.toString())))
            .collect(Collectors.joining());
    try {
      for (Path packages : VirtualEnvironment.packages(folder)) {
        Files.writeString(packages.resolve("of_the_user.pth"), lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Made(builder.name(), List.of());
  }

  private void create(Builder builder, Interpreter python) {
    BuildProcess.Ended created = builder.create(folder);
    if (!created.well()) {
      throw BuildFailure.empty(builder, python, created);
    }
  }

  /** What jobs write into an environment is gone after them, so also what they would compile. */
  private void compile() {
    List<String> line = new ArrayList<>(List.of(VirtualEnvironment.python(folder).toString()));
    line.addAll(List.of("-m", "compileall", "-q", "-j", "0", "-x", NOT_IMPORTED));
    VirtualEnvironment.packages(folder).forEach(p -> line.add(p.toString()));
    process.run(line);
  }

  private Builder builder(Interpreter python, Requirements wanted, UvProgram uv) {
    PipSettings pip = PipSettings.ofUser();
    boolean fetch = !wanted.all().isEmpty() && !wanted.offline() && !pip.offline();
    return (fetch ? uv.findOrFetch(process) : uv.find(process))
        .<Builder>map(line -> new UvBuilder(process, line, python, uv.downloads(), pip))
        .orElseGet(() -> new PipBuilder(process, python));
  }
}
