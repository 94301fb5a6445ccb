package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.Folders;

/**
 * A registered model as a batch deployment finds it: its folder lies in {@code AZUREML_MODEL_DIR}
 * under the name it was registered from.
 *
 * @param root what {@code AZUREML_MODEL_DIR} says
 */
record ModelFolder(Path root) {

  /** The folder with the file {@code MLmodel}, if this is an MLflow model. */
  Optional<Path> mlflow() {
    try {
      return Folders.files(root).stream()
          .filter(f -> f.endsWith("MLmodel") && root.relativize(f).getNameCount() <= 4)
          .map(Path::getParent)
          .min(Comparator.comparing(Path::getNameCount));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The conda file of an MLflow model, empty where it brings none. */
  static String conda(Path mlflow) {
    try {
      for (String name : new String[] {"conda.yaml", "conda.yml"}) {
        if (Files.exists(mlflow.resolve(name))) {
          return Files.readString(mlflow.resolve(name));
        }
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code MLmodel} says of how to load and call the model, for the scoring script. */
  static ObjectNode description(Path mlflow) {
    try {
      JsonNode model = new YAMLMapper().readTree(Files.readString(mlflow.resolve("MLmodel")));
      JsonNode sklearn = model.path("flavors").path("sklearn");
      ObjectNode description = Json.object().put("folder", mlflow.toString());
      description.put("pickled_model", sklearn.path("pickled_model").asText(""));
      description.put("format", sklearn.path("serialization_format").asText(""));
      description.put(
          "code", model.path("flavors").path("python_function").path("code").asText(""));
      columns(model.path("signature").path("inputs").asText("[]"), description);
      return description;
    } catch (IOException e) {
      throw JobFailure.user("The file MLmodel of the model cannot be read: " + e.getMessage());
    }
  }

  /** The names of the inputs in a signature; tensors have none. */
  private static void columns(String inputs, ObjectNode description) throws IOException {
    description.putArray("columns");
    for (JsonNode column : Json.MAPPER.readTree(inputs)) {
      boolean needed = column.path("required").asBoolean(true);
      if (column.hasNonNull("name") && needed && !column.path("type").asText().equals("tensor")) {
        description.withArrayProperty("columns").add(column.path("name").asText());
      }
    }
  }
}
