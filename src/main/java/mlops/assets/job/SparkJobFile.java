package mlops.assets.job;

import java.util.List;
import java.util.stream.Stream;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.io.InputFields;
import mlops.assets.io.OutputFields;
import mlops.assets.task.SparkFields;

/** A spark job that stands alone. */
public final class SparkJobFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema type name display_name experiment_name description tags properties compute "
              + "identity inputs outputs resources");

  public static JobDraft read(FileSection file) {
    file.node().allow(Stream.concat(FIELDS.stream(), SparkFields.FIELDS.stream()).toList());
    InputFields inputs = InputFields.of(file);
    RequestBody properties =
        CommandJobFile.common(file)
            .put("jobType", "Spark")
            .set("inputs", inputs.json())
            .set("outputs", OutputFields.of(file).json());
    SparkFields.job(file, properties);
    SparkFields.identity(file, "identityType", properties);
    file.in("resources").ifPresent(r -> properties.set("resources", SparkFields.jobResources(r)));
    return JobDraft.of(file, properties, "spark", inputs, PipelineJobs.none());
  }

  private SparkJobFile() {}
}
