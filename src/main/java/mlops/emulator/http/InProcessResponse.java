package mlops.emulator.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer of the emulator as the Azure SDK reads it. */
final class InProcessResponse extends HttpResponse {
  private final Response response;

  InProcessResponse(HttpRequest request, Response response) {
    super(request);
    this.response = response;
    Long length = response.body().getLength();
    if (length != null && response.headers().get(HttpHeaderName.CONTENT_LENGTH) == null) {
      response.with("Content-Length", Long.toString(length));
    }
  }

  @Override
  public int getStatusCode() {
    return response.status();
  }

  @Override
  @SuppressWarnings({"deprecation", "InlineMeSuggester"}) // HttpResponse still declares it abstract
  public @Nullable String getHeaderValue(String name) {
    return getHeaders().getValue(HttpHeaderName.fromString(name));
  }

  @Override
  public HttpHeaders getHeaders() {
    return response.headers();
  }

  @Override
  public BinaryData getBodyAsBinaryData() {
    return response.body();
  }

  @Override
  public Flux<ByteBuffer> getBody() {
    return response.body().toFluxByteBuffer();
  }

  @Override
  public Mono<byte[]> getBodyAsByteArray() {
    return Mono.fromCallable(() -> response.body().toBytes());
  }

  @Override
  public Mono<InputStream> getBodyAsInputStream() {
    return Mono.fromCallable(() -> response.body().toStream());
  }

  @Override
  public Mono<String> getBodyAsString() {
    return getBodyAsString(StandardCharsets.UTF_8);
  }

  @Override
  public Mono<String> getBodyAsString(Charset charset) {
    return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
  }

  /** Read whole, once; where the connection breaks in the middle, now. */
  @Override
  public HttpResponse buffer() {
    byte[] bytes = response.body().toBytes();
    return new InProcessResponse(
        getRequest(),
        new Response(response.status(), response.headers(), BinaryData.fromBytes(bytes)));
  }
}
