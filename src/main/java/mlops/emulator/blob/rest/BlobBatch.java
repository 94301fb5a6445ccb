package mlops.emulator.blob.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpHeader;
import com.azure.core.util.BinaryData;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/**
 * Blob Batch: up to 256 deletions, or changes of tier, in one request. Each of them is answered by
 * the router as if it had come alone, with the credentials that it brings itself.
 */
public final class BlobBatch {
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_PARTS = 256;
  private static final String END = "\r\n";

  private final Function<Request, Response> router;

  public BlobBatch(Function<Request, Response> router) {
    this.router = router;
  }

  /**
   * Answers each request of a batch, in their order.
   *
   * @throws ApiException 400 InvalidInput for a batch that is none, 413 for one that is too large
   */
  public Response submit(StorageRequest request) {
    byte[] body = Objects.requireNonNull(request.http().body().toBytes());
    if (body.length > MOST_BYTES) {
      throw new ApiException(
          413,
          "RequestBodyTooLarge",
          "The request body is too large and exceeds the maximum permissible limit.");
    }
    String type = request.header("Content-Type");
    List<BatchPart> parts = BatchPart.parse(type == null ? "" : type, new String(body, UTF_8));
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      throw BatchPart.invalid("a batch has 1 to %d requests".formatted(MOST_PARTS));
    }
    requireOneKind(parts, request.target().container());
    String boundary = "batchresponse_" + UUID.randomUUID();
    StringBuilder answer = new StringBuilder();
    for (BatchPart part : parts) {
      Response response = router.apply(part.asked(request.http().host()));
      answer.append("--").append(boundary).append(END).append(shown(part, response));
    }
    answer.append("--").append(boundary).append("--").append(END);
    return Response.of(
        202, "multipart/mixed; boundary=" + boundary, BinaryData.fromString(answer.toString()));
  }

  private static void requireOneKind(List<BatchPart> parts, String container) {
    BatchPart first = parts.get(0);
    for (BatchPart part : parts) {
      if (!part.isDeletion() && !part.isTier()) {
        throw BatchPart.invalid("only Delete Blob and Set Blob Tier may be in a batch");
      }
      if (part.isDeletion() != first.isDeletion()) {
        throw BatchPart.invalid("all requests of a batch are of one kind");
      }
      if (!container.isEmpty() && !part.target().startsWith("/" + container + "/")) {
        throw BatchPart.invalid("all requests are of the container " + container);
      }
    }
  }

  private static String shown(BatchPart part, Response response) {
    StringBuilder text = new StringBuilder("Content-Type: application/http" + END);
    part.contentId().ifPresent(id -> text.append("Content-ID: ").append(id).append(END));
    text.append(END).append("HTTP/1.1 ").append(response.status()).append(' ');
    text.append(reason(response.status())).append(END);
    for (HttpHeader header : response.headers()) {
      text.append(header.getName()).append(": ").append(header.getValue()).append(END);
    }
    String body = response.body().toString();
    return text.append(END).append(body.isEmpty() ? "" : body + END).toString();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      default -> status < 400 ? "Success" : "Failure";
    };
  }
}
