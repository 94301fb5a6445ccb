package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** A request and its answer. A body that is not there is a missing node. */
public record Exchange(
    String method, URI url, JsonNode requestBody, int status, JsonNode responseBody) {}
