package mlops.emulator.run.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.run.data.BuildContexts;
import mlops.emulator.run.data.WorkspaceAssets;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.requirement.CondaFile;
import mlops.emulator.run.python.requirement.DockerBuildFiles;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.JobFields;

/**
 * Makes the Python that a job's environment asks for. Images are not run: their conda file counts,
 * and where there is none, the Python of the machine.
 */
public final class Environments {
  private final WorkspaceAssets assets;
  private final BuildContexts contexts;
  private final VirtualEnvironments environments;

  public Environments(
      WorkspaceAssets assets, BuildContexts contexts, VirtualEnvironments environments) {
    this.assets = assets;
    this.contexts = contexts;
    this.environments = environments;
  }

  /**
   * The Python for an environment, built now where it is the first time.
   *
   * @param reference to an environment, or one in line; missing where the job names none
   */
  public PythonPrograms prepare(JsonNode reference, JobControl control) {
    JsonNode environment = environment(reference);
    String conda = conda(environment);
    if (!conda.isEmpty()) {
      return environments
          .ofConda(conda, control)
          .with(curated(environment))
          .setting(CondaFile.variables(conda));
    }
    if (environment.hasNonNull("build")) {
      return built(environment.path("build"), control);
    }
    PythonPrograms machine = environments.machine(control);
    return JobFields.optional(environment, "image")
        .map(image -> machine.inPlaceOf("image " + image).with(List.of(note("image " + image))))
        .orElse(machine);
  }

  /** A Python with some packages, for a program that no environment of Azure names. */
  public PythonPrograms of(Requirements needed, JobControl control) {
    return environments.of(needed, control);
  }

  /**
   * The Python for an environment of which only the conda file counts, with packages that its
   * program cannot do without.
   *
   * @param needed those that are added where the file does not name them
   */
  public PythonPrograms prepare(JsonNode reference, Requirements needed, JobControl control) {
    JsonNode environment = environment(reference);
    String conda = conda(environment);
    return conda.isEmpty()
        ? environments.of(needed, control)
        : environments
            .of(CondaFile.parse(conda).and(needed), control)
            .with(curated(environment))
            .setting(CondaFile.variables(conda));
  }

  /** What the files of a Docker build install into their Python, as far as they say. */
  private PythonPrograms built(JsonNode build, JobControl control) {
    String dockerfile = JobFields.text(build, "dockerfilePath", "dockerfile_path");
    Optional<Requirements> found =
        DockerBuildFiles.read(
            dockerfile.isEmpty() ? "Dockerfile" : dockerfile,
            contexts.texts(JobFields.text(build, "contextUri", "context_uri", "path")));
    String image = "the image of a Docker build";
    return found
        .map(
            wanted ->
                environments
                    .of(wanted, control)
                    .with(List.of("Of a Docker build, only the Python packages are installed.")))
        .orElseGet(() -> environments.machine(control).with(List.of(note(image))))
        .inPlaceOf(image);
  }

  /** What an environment holds that decides how a command runs, for comparing. */
  public String content(JsonNode reference) {
    JsonNode environment = environment(reference);
    if (environment.isMissingNode()) {
      return reference.asText();
    }
    return conda(environment)
        + "\n"
        + JobFields.text(environment, "image")
        + JobFields.text(environment.path("build"), "contextUri", "context_uri");
  }

  private static List<String> curated(JsonNode environment) {
    return JobFields.text(environment, "environmentType").equals("Curated")
        ? List.of("Microsoft's curated environment is made of the packages it is known to have.")
        : List.of();
  }

  private static String note(String what) {
    return "The embedded Azure runs no containers: in place of "
        + what
        + ", this job has your own Python, with what is installed there.";
  }

  private static String conda(JsonNode environment) {
    JsonNode conda = JobFields.first(environment, "condaFile", "conda_file");
    return conda.isObject() ? conda.toString() : conda.asText("");
  }

  private JsonNode environment(JsonNode reference) {
    if (!reference.isTextual()) {
      return reference;
    }
    return assets.find(AssetType.ENVIRONMENTS, reference.asText()).path("properties");
  }
}
