package mlops.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A resource to create below a workspace by PUT.
 *
 * @param collection as in the URL, such as {@code environments}; below an endpoint {@code
 *     batchEndpoints/NAME/deployments}
 * @param version empty for what has no versions, and for assets that take the next free one
 * @param body of the request
 */
public record Resource(String collection, String name, Optional<String> version, ObjectNode body) {

  /** {@code environments/x/versions/1}; without a version {@code environments/x}. */
  public String path() {
    return "%s/%s%s".formatted(collection, name, version.map(v -> "/versions/" + v).orElse(""));
  }

  public Resource withName(String name) {
    return new Resource(collection, name, version, body);
  }

  public Resource withVersion(String version) {
    return new Resource(collection, name, Optional.of(version), body);
  }
}
