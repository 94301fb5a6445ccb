package mlops.emulator.run.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.emulator.http.Json;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.JobId;

/**
 * The file by which {@code MLClient.from_config()} finds a workspace, above the folder where the
 * command runs, as a compute instance has it above all folders. One in the code of a job comes
 * first.
 */
final class WorkspaceConfig {

  static void write(JobId job, JobFolder folder) throws IOException {
    Path file = Files.createDirectories(folder.root().resolve(".azureml")).resolve("config.json");
    Files.write(
        file,
        Json.bytes(
            Json.object()
                .put("subscription_id", job.subscription())
                .put("resource_group", job.group())
                .put("workspace_name", job.workspaceName())));
  }

  private WorkspaceConfig() {}
}
