package mlops.emulator.run.python.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds with uv, which takes a fraction of the time and links files from one cache. */
final class UvBuilder implements Builder {
  private static final List<String> QUIETLY =
      List.of("--color", "never", "--no-progress", "--no-python-downloads");

  /** What it ends with for all but versions that do not fit together, which is 1. */
  private static final int TROUBLE = 2;

  private final BuildProcess process;
  private final List<String> uv;
  private final Interpreter python;
  private final boolean offline;
  private final Map<String, String> variables;

  /**
   * @param uv the command line of uv itself
   * @param cache where it keeps what it downloaded, unless the user says where
   */
  UvBuilder(
      BuildProcess process, List<String> uv, Interpreter python, Path cache, PipSettings pip) {
    this.process = process;
    this.uv = uv;
    this.python = python;
    this.offline = pip.offline();
    this.variables = new LinkedHashMap<>(pip.forUv());
    variables.put("UV_NO_PROJECT", "1");
    if (!System.getenv().containsKey("UV_CACHE_DIR")) {
      variables.put("UV_CACHE_DIR", cache.toString());
    }
  }

  @Override
  public String name() {
    return "uv";
  }

  @Override
  public BuildProcess.Ended create(Path environment) {
    List<String> line = new ArrayList<>(uv);
    line.addAll(List.of("venv", "--python", python.path().toString()));
    line.addAll(QUIETLY);
    line.add(environment.toString());
    return process.run(line, variables);
  }

  @Override
  public BuildProcess.Ended install(
      Path environment, List<String> packages, List<String> options, boolean onlyBuilt) {
    List<String> line = installInto(environment);
    if (onlyBuilt) {
      line.addAll(CompiledPackages.onlyBuilt());
    }
    line.addAll(packages);
    return run(line, options);
  }

  @Override
  public boolean isGeneral(BuildProcess.Ended failure) {
    return failure.timedOut() || failure.code() == TROUBLE;
  }

  /**
   * Finds which versions fit together.
   *
   * @param lines what is asked for, each as a line of a list
   * @param how further options of {@code uv pip compile}
   * @param list the file that the versions are written into
   */
  BuildProcess.Ended resolve(Path lines, List<String> how, List<String> options, Path list) {
    List<String> line = new ArrayList<>(List.of("pip", "compile", "--python"));
    line.add(python.path().toString());
    line.addAll(List.of("--no-header", "--no-annotate", "--quiet", "--output-file"));
    line.add(list.toString());
    line.addAll(how);
    line.addAll(CompiledPackages.onlyBuilt());
    line.add(lines.toString());
    return run(line, options);
  }

  /** Installs what was resolved. */
  BuildProcess.Ended install(Path environment, Path list, List<String> how, List<String> options) {
    List<String> line = installInto(environment);
    line.addAll(how);
    line.addAll(CompiledPackages.onlyBuilt());
    line.addAll(List.of("-r", list.toString()));
    return run(line, options);
  }

  private static List<String> installInto(Path environment) {
    List<String> line = new ArrayList<>(List.of("pip", "install", "--python"));
    line.add(VirtualEnvironment.python(environment).toString());
    return line;
  }

  private BuildProcess.Ended run(List<String> words, List<String> options) {
    List<String> line = new ArrayList<>(uv);
    line.addAll(words);
    line.addAll(QUIETLY);
    line.addAll(options);
    if (offline && !options.contains("--no-index")) {
      line.add("--no-index");
    }
    if (options.contains("--extra-index-url")) {
      line.addAll(List.of("--index-strategy", "unsafe-best-match")); // as pip looks at them all
    }
    BuildProcess.Ended ended = process.run(line, variables);
    if (ended.code() != TROUBLE) {
      return ended;
    }
    line.add("--offline"); // without a network, what was fetched before may do
    BuildProcess.Ended again = process.run(line, variables);
    return again.well() ? again : ended;
  }
}
