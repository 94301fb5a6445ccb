package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What expressions ask of resources that exist. */
public interface ResourceReader {

  /** A resource by its id, or by the name that it has in the template. */
  ObjectNode resource(String idOrName, String apiVersion);

  /** The answer of an action such as {@code listKeys}. */
  JsonNode action(String id, String action, String apiVersion, JsonNode body);
}
