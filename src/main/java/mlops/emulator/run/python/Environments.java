package mlops.emulator.run.python;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.run.data.WorkspaceAssets;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.requirement.CondaFile;
import mlops.emulator.run.record.JobFields;

/**
 * Makes the Python that a job's environment asks for. Images are not run: their conda file counts,
 * and where there is none, the Python of the machine.
 */
public final class Environments {
  private final WorkspaceAssets assets;
  private final VirtualEnvironments environments;

  public Environments(WorkspaceAssets assets, VirtualEnvironments environments) {
    this.assets = assets;
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
          .of(CondaFile.parse(conda), control)
          .with(curated(environment))
          .setting(CondaFile.variables(conda));
    }
    Optional<String> image = JobFields.optional(environment, "image");
    List<String> notes = new ArrayList<>();
    image.ifPresent(i -> notes.add(note("image " + i)));
    if (environment.hasNonNull("build")) {
      notes.add(note("a Docker build"));
    }
    if (reference.isTextual() && environment.isMissingNode()) {
      notes.add(note("environment " + reference.asText()));
    }
    return environments.machine(control).with(notes);
  }

  /** What an environment holds that decides how a command runs, for comparing. */
  public String content(JsonNode reference) {
    JsonNode environment = environment(reference);
    if (environment.isMissingNode()) {
      return reference.asText();
    }
    return conda(environment) + "\n" + JobFields.text(environment, "image");
  }

  private static List<String> curated(JsonNode environment) {
    return JobFields.text(environment, "environmentType").equals("Curated")
        ? List.of("Microsoft's curated environment is made of the packages it is known to have.")
        : List.of();
  }

  private static String note(String what) {
    return "The embedded Azure runs no containers: in place of "
        + what
        + ", this job has the Python of this machine.";
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
