package mlops.assets.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.field.UnsupportedField;

/** The field {@code distribution}: how the machines of a job work together. */
public final class DistributionField {
  private static final EnumMapping TYPE = EnumMapping.same("pytorch", "tensorflow", "mpi");
  private static final EnumMapping OTHER = EnumMapping.same("ray");
  private static final Map<String, String> REST =
      Map.of("pytorch", "PyTorch", "tensorflow", "TensorFlow", "mpi", "Mpi");

  /** As component specs have it. */
  public static ObjectNode spec(FileSection distribution) {
    return counts(distribution).put("type", type(distribution));
  }

  /** As the jobs of a pipeline have it. */
  public static ObjectNode node(FileSection distribution) {
    return counts(distribution).put("distribution_type", REST.get(type(distribution)));
  }

  /** As stand-alone jobs have it. */
  public static ObjectNode job(FileSection distribution) {
    return new RequestBody(distribution)
        .put("distributionType", REST.getOrDefault(type(distribution), "PyTorch"))
        .integer("process_count_per_instance", "processCountPerInstance", 1)
        .integer("parameter_server_count", "parameterServerCount", 0)
        .integer("worker_count", "workerCount", 1)
        .json();
  }

  private static ObjectNode counts(FileSection distribution) {
    RequestBody counts = new RequestBody(distribution);
    if (type(distribution).equals("tensorflow")) {
      counts.put("parameter_server_count", 0L);
    }
    return counts
        .integer("process_count_per_instance", "process_count_per_instance", 1)
        .integer("parameter_server_count", "parameter_server_count", 0)
        .integer("worker_count", "worker_count", 1)
        .json();
  }

  private static String type(FileSection distribution) {
    String type =
        distribution
            .node()
            .required("type")
            .flatMap(node -> UnsupportedField.check(node, OTHER, TYPE))
            .orElse("pytorch");
    if (type.equals("tensorflow")) {
      distribution.node().allow("type", "parameter_server_count", "worker_count");
    } else {
      distribution.node().allow("type", "process_count_per_instance");
    }
    return type;
  }

  private DistributionField() {}
}
