package mlops.assets.io;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An input or output of a job or component.
 *
 * @param type {@code uri_folder} and the like, or {@code integer}, {@code number}, {@code string},
 *     {@code boolean}
 * @param mode as written in YAML
 * @param needed whether a job must give it a value
 */
public record Port(String type, Optional<String> mode, boolean needed) {
  static final List<String> DATA =
      List.of("uri_folder", "uri_file", "mltable", "custom_model", "mlflow_model", "triton_model");
  static final List<String> PRIMITIVE = List.of("string", "integer", "number", "boolean");
  private static final Set<String> MODELS = Set.of("custom_model", "mlflow_model", "triton_model");

  /** A file or a folder, as components of old say it; jobs give them one of the others. */
  static final String PATH = "path";

  /** A folder, which is what Azure takes an output for that says nothing of itself. */
  public static final Port FOLDER = new Port("uri_folder", Optional.empty(), true);

  public boolean isData() {
    return !PRIMITIVE.contains(type);
  }

  /** Which collection of assets {@code azureml:name:1} means for this type. */
  static String collection(String type) {
    return MODELS.contains(type) ? "models" : "data";
  }

  /** The same, not saying how it is delivered. */
  Port withoutMode() {
    return new Port(type, Optional.empty(), needed);
  }
}
