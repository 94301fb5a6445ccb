package mlops.emulator.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD says what GET says: some clients send the one, some the other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class HeadTest {
  private static final Set<String> OF_EACH_ANSWER =
      Set.of("x-ms-request-id", "x-ms-client-request-id", "Date", "Content-Length", "Content-Type");

  @TempDir Path folder;
  private HttpPipeline pipeline;

  @BeforeEach
  void make_a_blob_with_metadata() {
    StorageRig storage = StorageRig.in(folder);
    BlobContainerClient container = storage.container("flat", "things");
    container.setMetadata(Map.of("of", "container"));
    container.getBlobClient("a/b").upload(BinaryData.fromString("text"));
    container.getBlobClient("a/b").setMetadata(Map.of("of", "blob"));
    pipeline = storage.withKey("flat").getHttpPipeline();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?restype=account&comp=properties",
        "/things?restype=container",
        "/things?restype=container&comp=metadata",
        "/things?restype=container&comp=acl",
        "/things/a/b?comp=metadata",
      })
  void it_answers_as_get_does(String target) {
    Map<String, String> got = headers(HttpMethod.GET, target);
    assertFalse(got.isEmpty());
    assertEquals(got, headers(HttpMethod.HEAD, target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?restype=account&comp=properties",
        "/things?restype=account&comp=properties",
        "/things/a/b?restype=account&comp=properties",
      })
  void the_account_tells_of_itself_wherever_it_is_asked(String target) {
    Map<String, String> got = headers(HttpMethod.GET, target);
    assertEquals("StorageV2", got.get("x-ms-account-kind"));
    assertEquals("Standard_LRS", got.get("x-ms-sku-name"));
  }

  private Map<String, String> headers(HttpMethod method, String target) {
    HttpRequest request = new HttpRequest(method, "https://flat.blob.core.windows.net" + target);
    request.setHeader(HttpHeaderName.CONTENT_LENGTH, "0"); // without it, the SDK signs "null"
    Map<String, String> headers = new TreeMap<>();
    try (HttpResponse answer = pipeline.sendSync(request, Context.NONE)) {
      assertEquals(200, answer.getStatusCode(), answer.getBodyAsBinaryData()::toString);
      for (HttpHeader header : answer.getHeaders()) {
        if (!OF_EACH_ANSWER.contains(header.getName())) {
          headers.put(header.getName(), header.getValue());
        }
      }
    }
    return headers;
  }
}
