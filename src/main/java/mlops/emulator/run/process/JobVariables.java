package mlops.emulator.run.process;

import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.run.record.JobId;

/** The environment variables of a job: what Azure sets, and nothing of the user's own session. */
public final class JobVariables {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final JobId job;
  private final String experiment;

  public JobVariables(JobId job, String experiment) {
    this.job = job;
    this.experiment = experiment;
  }

  /**
   * All variables of one run, but for its inputs and outputs.
   *
   * @param programs the folders where programs are looked for, before those of the machine
   */
  public Map<String, String> of(String runId, JobFolder folder, String programs) {
    Map<String, String> all = new LinkedHashMap<>();
    String path = System.getenv().getOrDefault("PATH", DEFAULT_PATH);
    all.put("PATH", programs.isEmpty() ? path : programs + java.io.File.pathSeparator + path);
    all.put("HOME", folder.home().toString());
    all.put("TMPDIR", folder.temporary().toString());
    all.put("LANG", "C.UTF-8");
    all.put("PYTHONUNBUFFERED", "1"); // so that the log of a job can be followed
    all.put("AZUREML_RUN_ID", runId);
    all.put("AZUREML_ROOT_RUN_ID", job.name());
    all.put("AZUREML_EXPERIMENT_NAME", experiment);
    all.put("AZUREML_ARM_SUBSCRIPTION", job.subscription());
    all.put("AZUREML_ARM_RESOURCEGROUP", job.group());
    all.put("AZUREML_ARM_WORKSPACE_NAME", job.workspaceName());
    all.put("AZUREML_ARM_PROJECT_NAME", experiment);
    all.put("AZUREML_CR_EXECUTION_WORKING_DIR_PATH", folder.code().toString());
    all.put("AZUREML_CR_COMPUTE_CONTEXT", "embedded");
    if (Machine.isWindows()) {
      all.put("SystemRoot", System.getenv().getOrDefault("SystemRoot", "C:\\Windows"));
      all.put("TEMP", folder.temporary().toString());
    }
    return all;
  }
}
