package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import mlops.assets.content.Snapshot;
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
    Optional<Snapshot> files = LocalPath.snapshot(source, node);
    for (YamlNode more : source.node().list("additional_includes")) {
      files =
          files.flatMap(all -> LocalPath.snapshot(source, more).flatMap(m -> plus(all, m, more)));
    }
    return files.map(UnresolvedReference.Code::new).map(ReferenceFields::pojo);
  }

  private static Optional<Snapshot> plus(Snapshot all, Snapshot more, YamlNode node) {
    Optional<Snapshot> both = all.plus(more);
    if (both.isEmpty()) {
      String what = "%s: %s is in the code already".formatted(node.name(), more.name());
      node.mistake(what, "rename it, or leave it out");
    }
    return both;
  }

  private CodeField() {}
}
