package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other clients than the SDK, which takes the blob endpoint for it, ask the DFS endpoint. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class DfsRestTest {
  private static final String RED =
      "colour=" + Base64.getEncoder().encodeToString("red".getBytes(UTF_8));

  private static final String PROPERTIES = "x-ms-properties";

  @TempDir Path folder;
  private HttpPipeline pipeline;

  @BeforeEach
  void open() {
    pipeline = StorageRig.in(folder).withKey("deep").getHttpPipeline();
  }

  /** An answer as far as these tests look. */
  private record Answer(int status, String properties, String body) {
    JsonNode json() throws IOException {
      return Json.MAPPER.readTree(body);
    }
  }

  @Test
  void a_filesystem_is_made_described_listed_and_deleted() throws IOException {
    String one = "/lake?resource=filesystem";
    assertEquals(201, send(HttpMethod.PUT, one, "", "").status());
    assertEquals(409, send(HttpMethod.PUT, one, "", "").status());
    assertEquals("lake", send("/?resource=account").json().at("/filesystems/0/name").asText());
    assertEquals(200, send(HttpMethod.PATCH, one, RED, "").status());
    assertEquals(RED, send(HttpMethod.HEAD, one, "", "").properties());
    assertEquals(202, send(HttpMethod.DELETE, one, "", "").status());
    assertEquals(404, send(HttpMethod.HEAD, one, "", "").status());
  }

  @Test
  void a_file_is_written_read_and_described() throws IOException {
    send(HttpMethod.PUT, "/lake?resource=filesystem", "", "");
    String file = "/lake/folder/file.txt";
    assertEquals(201, send(HttpMethod.PUT, file + "?resource=file", "", "").status());
    assertEquals(
        202, send(HttpMethod.PATCH, file + "?action=append&position=0", "", "text").status());
    assertEquals(200, send(HttpMethod.PATCH, file + "?action=flush&position=4", "", "").status());
    assertEquals("text", send(file).body());
    assertEquals(200, send(HttpMethod.PATCH, file + "?action=setProperties", RED, "").status());
    assertEquals(RED, send(HttpMethod.HEAD, file, "", "").properties());
    assertEquals(200, send(HttpMethod.HEAD, file + "?action=getStatus", "", "").status());
    JsonNode paths = send("/lake?resource=filesystem&recursive=true").json().path("paths");
    assertEquals("folder/file.txt", paths.at("/1/name").asText(), paths::toString);
  }

  @Test
  void a_file_is_leased_and_expires() {
    send(HttpMethod.PUT, "/lake?resource=filesystem", "", "");
    String file = "/lake/file.txt";
    send(HttpMethod.PUT, file + "?resource=file", "", "");
    Map<String, String> lease =
        Map.of(
            "x-ms-lease-action", "acquire",
            "x-ms-lease-duration", "15",
            "x-ms-proposed-lease-id", "00000000-0000-0000-0000-000000000001");
    assertEquals(201, send(HttpMethod.POST, file, lease, "").status());
    assertEquals(412, send(HttpMethod.DELETE, file, "", "").status());
    send(HttpMethod.PUT, "/lake/other.txt?resource=file", "", "");
    Map<String, String> now =
        Map.of("x-ms-expiry-option", "RelativeToNow", "x-ms-expiry-time", "1");
    assertEquals(200, send(HttpMethod.PUT, "/lake/other.txt?comp=expiry", now, "").status());
    assertEquals(404, send(HttpMethod.HEAD, "/lake/other.txt", "", "").status());
  }

  private Answer send(String target) {
    return send(HttpMethod.GET, target, "", "");
  }

  private Answer send(HttpMethod method, String target, String properties, String body) {
    return send(
        method, target, properties.isEmpty() ? Map.of() : Map.of(PROPERTIES, properties), body);
  }

  private Answer send(HttpMethod method, String target, Map<String, String> headers, String body) {
    HttpRequest request = new HttpRequest(method, "https://deep.dfs.core.windows.net" + target);
    request.setHeader(HttpHeaderName.CONTENT_LENGTH, Integer.toString(body.length()));
    headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    if (!body.isEmpty()) {
      request.setBody(BinaryData.fromString(body));
    }
    try (HttpResponse answer = pipeline.sendSync(request, Context.NONE)) {
      String found = answer.getHeaderValue(HttpHeaderName.fromString(PROPERTIES));
      return new Answer(
          answer.getStatusCode(),
          found == null ? "" : found,
          answer.getBodyAsBinaryData().toString());
    }
  }
}
