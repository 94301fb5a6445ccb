package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What expressions ask of resources that exist. */
public interface ResourceReader {

  /** A resource by its id, or by the name or symbolic name that it has in the template. */
  ObjectNode resource(String idOrName, String apiVersion);

  /** The resources of a copy loop of the template, in their order. */
  List<ObjectNode> loop(String symbol);

  /** Id, name, type and version of a resource of the template, which need not exist yet. */
  ObjectNode info(String symbol);

  /** The answer of an action such as {@code listKeys}. */
  JsonNode action(String id, String action, String apiVersion, JsonNode body);
}
