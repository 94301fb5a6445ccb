package mlops.steps.scoring;

/**
 * What is scored.
 *
 * @param uri an {@code azureml://}, {@code https://} or {@code azureml:name:version} reference
 * @param isFolder whether it is a folder of files
 */
record ScoringInput(String uri, boolean isFolder) {}
