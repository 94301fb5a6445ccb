package mlops.emulator.blob.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import mlops.emulator.http.Json;

/** How changes stand in the journal of a container. */
public final class BlobChange {

  static ObjectNode put(Blob blob) {
    ObjectNode change = Json.object().put("op", "put");
    change.set("blob", BlobJson.write(blob));
    return change;
  }

  /** A put that leaves uncommitted blocks and appended bytes as they are. */
  public static ObjectNode update(Blob blob) {
    return put(blob).put("keep", true);
  }

  /** Sets the attributes of the root directory. */
  public static ObjectNode root(Map<String, String> attributes) {
    ObjectNode change = Json.object().put("op", "root");
    attributes.forEach(change.putObject("attributes")::put);
    return change;
  }

  public static ObjectNode delete(String name) {
    return Json.object().put("op", "delete").put("name", name);
  }

  /**
   * Keeps a blob as it is.
   *
   * @param at the time by which the snapshot is known
   */
  public static ObjectNode snapshot(String at, Blob blob) {
    ObjectNode change = Json.object().put("op", "snapshot").put("at", at);
    change.set("blob", BlobJson.write(blob));
    return change;
  }

  public static ObjectNode deleteSnapshot(String name, String at) {
    return Json.object().put("op", "deleteSnapshot").put("name", name).put("at", at);
  }

  public static ObjectNode block(String name, BlobIndex.Uncommitted block) {
    ObjectNode change =
        Json.object()
            .put("op", "block")
            .put("name", name)
            .put("id", block.id())
            .put("size", block.size())
            .put("content", String.valueOf(block.content().getFileName()));
    BlobJson.putSeal(change, block.seal());
    return change;
  }

  public static ObjectNode append(String name, BlobIndex.Appended appended) {
    ObjectNode change =
        Json.object()
            .put("op", "append")
            .put("name", name)
            .put("position", appended.position())
            .put("length", appended.length());
    return appended.crc64() == null ? change : change.put("crc64", appended.crc64());
  }

  /** Gives a blob, or a directory with all that is below it, another name. */
  public static ObjectNode move(String from, String to) {
    return Json.object().put("op", "move").put("name", from).put("to", to);
  }

  private BlobChange() {}
}
