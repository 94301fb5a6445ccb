package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What Azure has under a name.
 *
 * @param id where: an ARM id, the collection that was listed, or the address of a blob
 * @param found the resource as Azure answers; several where {@code id} is a collection
 * @param isList whether it is one
 */
record ShownThing(String id, List<ObjectNode> found, boolean isList) {}
