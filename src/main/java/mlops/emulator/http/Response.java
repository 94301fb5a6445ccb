package mlops.emulator.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One answer of the emulator.
 *
 * @param body written as a stream where it is large; its length is the Content-Length
 */
public record Response(int status, HttpHeaders headers, BinaryData body) {
  private static final BinaryData NOTHING = BinaryData.fromBytes(new byte[0]);

  public static Response empty(int status) {
    return new Response(status, new HttpHeaders(), NOTHING);
  }

  public static Response json(int status, JsonNode json) {
    return of(status, "application/json; charset=utf-8", BinaryData.fromBytes(Json.bytes(json)));
  }

  public static Response of(int status, String contentType, BinaryData body) {
    return new Response(status, new HttpHeaders(), body).with("Content-Type", contentType);
  }

  /** Sets a header of this answer. */
  public Response with(String header, String value) {
    headers.set(HttpHeaderName.fromString(header), value);
    return this;
  }
}
