package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.cli.stage.TaggedNumbers;
import mlops.steps.Lineage;
import mlops.steps.RollbackTag;
import mlops.steps.review.ModelStatus;
import org.jspecify.annotations.Nullable;

/** The same as {@link StatusText} as JSON. */
final class StatusJson {

  static void fill(ObjectNode json, ModelStatus.Environment environment) {
    json.put("workspace", environment.workspace()).put("exists", environment.exists());
    ArrayNode models = json.putArray("models");
    for (ModelStatus.Model version : environment.models()) {
      fill(models.addObject().put("name", environment.model()), version);
    }
    environment.serving().ifPresent(serving -> fill(json.putObject("serving"), serving));
  }

  /** What is not known of a version, as it is without lineage, is null. */
  private static void fill(ObjectNode model, ModelStatus.Model version) {
    Lineage lineage = version.lineage();
    boolean known = !lineage.manifest().isEmpty();
    model.put("version", version.version());
    model.put("gate", orNull(lineage.gate())).put("job", orNull(lineage.job()));
    model.put("sourceWorkspace", orNull(lineage.trained().workspace()));
    model.put("sourceVersion", orNull(lineage.trained().version()));
    model.put("commit", orNull(lineage.commit().hash()));
    model.put("manifest", known ? lineage.manifest().hash() : null);
    String dirty = lineage.commit().dirty();
    model.put("dirty", dirty.matches("true|false") ? Boolean.valueOf(dirty) : null);
    model.put("by", version.by()).put("at", version.at());
    ObjectNode metrics = model.putObject("metrics");
    lineage.metrics().forEach((name, value) -> TaggedNumbers.put(metrics, name, value));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void fill(ObjectNode json, ModelStatus.Serving serving) {
    json.put("endpoint", serving.endpoint()).put("deployment", serving.deployment());
    json.put("modelVersion", serving.modelVersion()).put("previous", serving.previous());
    ArrayNode rolledBack = json.putArray("rolledBack");
    for (RollbackTag one : serving.rolledBack()) {
      rolledBack
          .addObject()
          .put("deployment", one.deployment())
          .put("modelVersion", one.modelVersion())
          .put("at", one.at())
          .put("by", one.by());
    }
  }

  private StatusJson() {}
}
