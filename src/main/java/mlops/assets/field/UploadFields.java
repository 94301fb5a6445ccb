package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import mlops.assets.content.Snapshot;
import mlops.yaml.YamlNode;

/** Fields that name content: a URI, or files on this machine, which are uploaded. */
public final class UploadFields {
  public static final String BLOB_STORE = "workspaceblobstore";

  /** The path of an asset. */
  public static Optional<JsonNode> path(
      FileSection source, YamlNode node, Kind kind, UnresolvedReference.Form form) {
    Optional<String> text = node.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (LocalPath.isRemote(text.get())) {
      return Optional.of(TextNode.valueOf(text.get()));
    }
    String datastore =
        source
            .node()
            .text("datastore")
            .map(d -> d.replaceFirst("^azureml:", ""))
            .orElse(BLOB_STORE);
    return files(source, node, kind)
        .map(
            files ->
                ReferenceFields.pojo(new UnresolvedReference.Uploaded(files, datastore, form)));
  }

  private static Optional<Snapshot> files(FileSection source, YamlNode node, Kind kind) {
    return switch (kind) {
      case FILE -> LocalPath.file(source, node).flatMap(path -> LocalPath.snapshot(node, path));
      case FOLDER -> LocalPath.folder(source, node);
      case EITHER -> LocalPath.snapshot(source, node);
    };
  }

  /** What may lie at a path. */
  public enum Kind {
    FILE,
    FOLDER,
    EITHER;

    /** What a type of data or model asks for. */
    public static Kind of(String type) {
      return switch (type) {
        case "uri_file" -> FILE;
        case "uri_folder", "mltable", "mlflow_model", "triton_model" -> FOLDER;
        default -> EITHER;
      };
    }
  }

  private UploadFields() {}
}
