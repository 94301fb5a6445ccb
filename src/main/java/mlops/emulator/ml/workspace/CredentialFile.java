package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.emulator.http.Json;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.StateTree;

/**
 * The secrets of resources of one kind: in a file beside each resource, apart from what a GET
 * shows, that its owner alone can read.
 *
 * @param name of the file
 */
record CredentialFile(StateTree state, String name) {

  void keep(String resourceId, JsonNode secrets) {
    try {
      DurableFiles.writeSecret(file(resourceId), Json.bytes(secrets));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String resourceId) {
    return Files.exists(file(resourceId));
  }

  /** What was kept; an empty object where nothing was. */
  ObjectNode read(String resourceId) {
    if (!has(resourceId)) {
      return Json.object();
    }
    try {
      return (ObjectNode) Json.MAPPER.readTree(Files.readAllBytes(file(resourceId)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String resourceId) {
    return state.directory(resourceId).resolve(name);
  }
}
