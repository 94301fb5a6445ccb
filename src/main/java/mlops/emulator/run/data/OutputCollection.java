package mlops.emulator.run.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.state.Folders;

/** Brings what a job wrote into storage. */
public final class OutputCollection {
  private final JobStorage storage;
  private final DataLocations locations;

  public OutputCollection(JobStorage storage, DataLocations locations) {
    this.storage = storage;
    this.locations = locations;
  }

  /** Where an output goes: where the job says, else the place that Azure has for it. */
  public String uri(String name, OutputTarget target, String runId, String datastore) {
    String store = datastore.substring(datastore.lastIndexOf('/') + 1);
    return target
        .uri()
        .orElse(
            "azureml://datastores/${{default_datastore}}/paths/azureml/${{name}}/${{output_name}}/")
        .replace("${{default_datastore}}", store)
        .replace("${{name}}", runId)
        .replace("${{output_name}}", name);
  }

  /**
   * Moves an output into storage.
   *
   * @throws JobFailure where there is none, or it may not be written
   */
  public InputValue.Data collect(
      String name, OutputTarget target, Path written, String uri, JobPrincipal actor) {
    BlobLocation place = locations.of(uri);
    storage.require("write", place, actor);
    List<Path> files = files(written);
    if (files.isEmpty()) {
      throw JobFailure.user(
          "Output '%s' (%s) is missing: the job ended without writing %s. Write it where ${{outputs.%s}} says."
              .formatted(
                  name,
                  target.type(),
                  target.isFile() ? "the file" : "a file into its folder",
                  name));
    }
    if (Files.isRegularFile(written)) {
      keep(place, written, actor);
    } else {
      for (Path file : files) {
        String below = written.relativize(file).toString().replace('\\', '/');
        keep(place.resolve(below), file, actor);
      }
    }
    return new InputValue.Data(target.type(), uri);
  }

  /** Keeps what a script left in its folder {@code outputs} as artifacts of its run. */
  public void artifacts(Path folder, BlobLocation artifacts, JobPrincipal actor) {
    for (Path file : files(folder)) {
      String below = folder.relativize(file).toString().replace('\\', '/');
      keep(artifacts.resolve("outputs/" + below), file, actor);
    }
  }

  /** Gives the file away; what a symbolic link leads to is copied. */
  private void keep(BlobLocation place, Path file, JobPrincipal actor) {
    Folders.allow(file);
    storage.write(place, file, !Files.isSymbolicLink(file), actor);
  }

  /** Whether anything was written. */
  public static boolean isThere(Path written) {
    return !files(written).isEmpty();
  }

  /** Rights do not matter on Azure, where an output is a mounted container. */
  private static List<Path> files(Path written) {
    if (Files.isRegularFile(written)) {
      return List.of(written);
    }
    try {
      Folders.open(written);
      return Folders.files(written).stream().filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw JobFailure.user("What the job wrote cannot be read: " + e.getMessage());
    }
  }
}
