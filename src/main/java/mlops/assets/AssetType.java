package mlops.assets;

/** The kinds of Azure ML CLI v2 files, by the command that takes them. */
public enum AssetType {
  COMPUTE,
  ENVIRONMENT,
  DATASTORE,
  DATA,
  MODEL,
  COMPONENT,
  BATCH_ENDPOINT,
  BATCH_DEPLOYMENT;

  Draft read(Source source) {
    return switch (this) {
      case COMPUTE -> ComputeFile.draft(source);
      case ENVIRONMENT -> EnvironmentFile.draft(source);
      case DATASTORE -> DatastoreFile.draft(source);
      case DATA -> DataFile.draft(source);
      case MODEL -> ModelFile.draft(source);
      case COMPONENT -> ComponentFile.draft(source);
      case BATCH_ENDPOINT -> BatchEndpointFile.draft(source);
      case BATCH_DEPLOYMENT -> BatchDeploymentFile.draft(source);
    };
  }
}
