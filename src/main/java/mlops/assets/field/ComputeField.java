package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** Fields that say where a job runs. */
public final class ComputeField {

  /** The id of a cluster, of {@code serverless} too; an expression stays as it is. */
  public static Optional<JsonNode> id(YamlNode node) {
    String text = node.asText().orElse("").replaceFirst("^azureml:", "");
    if (text.startsWith("${{")) {
      return Optional.of(TextNode.valueOf(text));
    }
    if (text.equals("local")) {
      UnsupportedField.report(node, node.name() + ": local");
      return Optional.empty();
    }
    return ReferenceFields.named(node, "computes");
  }

  private ComputeField() {}
}
