package mlops.emulator.run.endpoint;

import java.util.Map;

/**
 * How {@code Run.get_context()} of azureml-core, the SDK of version 1, finds its run: by variables,
 * and by the document that names the hosts of the region. Without them it works offline, where a
 * run has neither an experiment nor details.
 */
final class SdkVariables {
  static final String DISCOVERY = "/discovery";

  /**
   * The variables of a run.
   *
   * @param url of the endpoint of the job
   * @param workspaceId the GUID of the workspace
   */
  static Map<String, String> of(String url, String token, String workspaceId, String experimentId) {
    return Map.of(
        "AZUREML_SERVICE_ENDPOINT", url,
        "AZUREML_DISCOVERY_SERVICE_ENDPOINT", url + DISCOVERY,
        "AZUREML_RUN_TOKEN", token,
        "AZUREML_WORKSPACE_ID", workspaceId,
        "AZUREML_EXPERIMENT_ID", experimentId);
  }

  private SdkVariables() {}
}
