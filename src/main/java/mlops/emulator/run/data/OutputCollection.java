package mlops.emulator.run.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.state.Folders;

/** Brings what a job wrote into storage. */
public final class OutputCollection {
  private final JobStorage storage;
  private final DataLocations locations;
  private final Machine machine;

  public OutputCollection(JobStorage storage, DataLocations locations, Machine machine) {
    this.storage = storage;
    this.locations = locations;
    this.machine = machine;
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
   * Moves an output into storage, as far as there is one: as on Azure, who reads what was not
   * written finds that it is not there.
   *
   * @throws JobFailure where it may not be written
   */
  public InputValue.Data collect(
      OutputTarget target, Path written, String uri, JobPrincipal actor) {
    BlobLocation place = locations.of(uri);
    storage.require("write", place, actor);
    List<Path> files = files(written);
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

  /** Keeps what a command left in the folders for it as artifacts of its run. */
  public void artifacts(Path code, BlobLocation artifacts, JobPrincipal actor) {
    for (String kept : JobFolder.KEPT) {
      Path folder = code.resolve(kept);
      for (Path file : Files.isDirectory(folder) ? files(folder) : List.<Path>of()) {
        String below = code.relativize(file).toString().replace('\\', '/');
        keep(artifacts.resolve(below), file, actor);
      }
    }
  }

  /** Gives the file away where nobody else can write to it; else it is copied. */
  private void keep(BlobLocation place, Path file, JobPrincipal actor) {
    Folders.allow(file);
    storage.write(place, file, machine.isolates() && isAlone(file), actor);
  }

  /** Whether a file has no other name, which might be the user's, and is no symbolic link. */
  private static boolean isAlone(Path file) {
    if (Files.isSymbolicLink(file)) {
      return false;
    }
    try {
      return Files.getAttribute(file, "unix:nlink") instanceof Integer names && names == 1;
    } catch (UnsupportedOperationException | IOException e) {
      return false;
    }
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
