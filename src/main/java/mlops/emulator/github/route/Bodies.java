package mlops.emulator.github.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/** Bodies of requests, of which each key is read: another one is refused by its name. */
public final class Bodies {

  /**
   * The body of a request.
   *
   * @throws ApiException 400 where it is no JSON object, 422 for a key that is not read
   */
  public static ObjectNode of(Request request, Set<String> keys) {
    ObjectNode body;
    try {
      body = request.json();
    } catch (ApiException e) {
      throw new ApiException(400, "BadRequest", "Problems parsing JSON");
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!keys.contains(name)) {
                throw GitHubErrors.unknownField(name);
              }
            });
    return body;
  }

  private Bodies() {}
}
