package mlops.assets;

import mlops.assets.field.FileSection;
import mlops.assets.field.ResourceDraft;
import mlops.assets.file.BatchDeploymentFile;
import mlops.assets.file.BatchEndpointFile;
import mlops.assets.file.ComputeFile;
import mlops.assets.file.DataFile;
import mlops.assets.file.DatastoreFile;
import mlops.assets.file.EnvironmentFile;
import mlops.assets.file.ModelFile;
import mlops.assets.file.RegistryFile;
import mlops.assets.job.ComponentFile;
import mlops.assets.job.DataImportFile;
import mlops.assets.job.PipelineDeploymentFile;

/** The kinds of Azure ML CLI v2 files, by the command that takes them. */
public enum AssetFileType {
  COMPUTE,
  ENVIRONMENT,
  DATASTORE,
  DATA,
  DATA_IMPORT,
  MODEL,
  COMPONENT,
  REGISTRY,
  BATCH_ENDPOINT,
  BATCH_DEPLOYMENT;

  ResourceDraft read(FileSection source) {
    return switch (this) {
      case COMPUTE -> ComputeFile.draft(source);
      case ENVIRONMENT -> EnvironmentFile.draft(source);
      case DATASTORE -> DatastoreFile.draft(source);
      case DATA -> DataFile.draft(source);
      case DATA_IMPORT -> DataImportFile.draft(source);
      case MODEL -> ModelFile.draft(source);
      case COMPONENT -> ComponentFile.draft(source);
      case REGISTRY -> RegistryFile.draft(source);
      case BATCH_ENDPOINT -> BatchEndpointFile.draft(source);
      case BATCH_DEPLOYMENT ->
          PipelineDeploymentFile.isOne(source.node())
              ? PipelineDeploymentFile.draft(source)
              : BatchDeploymentFile.draft(source);
    };
  }
}
