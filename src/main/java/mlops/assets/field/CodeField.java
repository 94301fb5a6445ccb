package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** The field {@code code}: a folder that is uploaded, or code that is in the workspace already. */
public final class CodeField {

  public static Optional<JsonNode> id(FileSection source, YamlNode node) {
    Optional<String> text = node.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().startsWith("git+")) {
      UnsupportedField.report(node, node.name() + " from a git repository");
      return Optional.empty();
    }
    if (LocalPath.isRemote(text.get())) {
      return ReferenceFields.version(node, "codes");
    }
    return LocalPath.snapshot(source, node)
        .map(files -> ReferenceFields.pojo(new UnresolvedReference.Code(files)));
  }

  private CodeField() {}
}
