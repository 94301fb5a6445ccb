package mlops.cli.session;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import com.azure.storage.blob.models.BlobStorageException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/**
 * A failure in the words that a user reads.
 *
 * @param code Azure's code where Azure answered
 * @param requestId what Azure's support asks for, or empty
 * @param hint what to do about it
 */
public record Problem(String code, String message, String requestId, String hint) {

  public static Problem of(Throwable failure) {
    String tried = "";
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof MlopsException e) {
        return new Problem(e.code(), e.message(), requestIdBelow(e), e.hint());
      }
      if (cause instanceof HttpResponseException e) {
        return answered(e);
      }
      if (cause instanceof IOException e) {
        Problem broken = IoProblems.problem(e);
        return new Problem(broken.code(), tried + broken.message(), "", broken.hint());
      }
      if (cause instanceof UncheckedIOException e && !says(e).isEmpty()) {
        tried = says(e) + ": ";
      }
    }
    return unexpected(failure);
  }

  /** What was said of the failure where it was caught, if anything was. */
  private static String says(UncheckedIOException e) {
    String message = String.valueOf(e.getMessage());
    return message.equals(String.valueOf(e.getCause())) ? "" : message;
  }

  /** The message behind its code, which it may begin with already. */
  public String coded() {
    return message.startsWith(code + ": ") ? message : code + ": " + message;
  }

  void json(ObjectNode target) {
    target.put("code", code).put("message", message).put("hint", hint);
    if (!requestId.isEmpty()) {
      target.put("requestId", requestId);
    }
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static Problem answered(HttpResponseException e) {
    HttpResponse response = e.getResponse();
    int status = response == null ? 0 : response.getStatusCode();
    String code = code(e).orElse(status == 0 ? "HttpError" : "Http" + status);
    boolean denied = response != null && (status == 401 || status == 403);
    String hint =
        denied
            ? ClockSkew.hint(response, Instant.now()).orElseGet(() -> ErrorHints.of(code, status))
            : ErrorHints.of(code, status);
    return new Problem(code, message(e), requestId(response), hint);
  }

  private static Optional<String> code(HttpResponseException e) {
    if (e instanceof ManagementException arm && arm.getValue() != null) {
      return Optional.ofNullable(arm.getValue().getCode());
    }
    if (e instanceof BlobStorageException blob && blob.getErrorCode() != null) {
      return Optional.of(blob.getErrorCode().toString());
    }
    return errorField(e, "code");
  }

  private static String message(HttpResponseException e) {
    if (e instanceof ManagementException arm && arm.getValue() != null) {
      return String.valueOf(arm.getValue().getMessage());
    }
    if (e instanceof BlobStorageException && answer(e).map(Problem::isHead).orElse(false)) {
      return refusedHead(e); // without a body the SDK puts advice of its own in its place
    }
    String text = errorField(e, "message").orElseGet(() -> String.valueOf(e.getMessage()));
    String plain = element(text, "Message").orElse(text);
    int ids = plain.indexOf("\nRequestId:");
    String words = ids < 0 ? plain : plain.substring(0, ids);
    return element(text, "AuthenticationErrorDetail").map(d -> words + " " + d).orElse(words);
  }

  /** What an element of a storage error says. */
  private static Optional<String> element(String xml, String name) {
    int start = xml.indexOf("<" + name + ">");
    int end = xml.indexOf("</" + name + ">");
    return start < 0 || end < start
        ? Optional.empty()
        : Optional.of(xml.substring(start + name.length() + 2, end));
  }

  private static Optional<HttpResponse> answer(HttpResponseException e) {
    return Optional.ofNullable(e.getResponse());
  }

  private static boolean isHead(HttpResponse response) {
    return response.getRequest().getHttpMethod() == HttpMethod.HEAD;
  }

  private static String refusedHead(HttpResponseException e) {
    URL url = e.getResponse().getRequest().getUrl(); // its query may hold a signature
    return "HEAD https://%s%s was answered %d"
        .formatted(url.getHost(), url.getPath(), e.getResponse().getStatusCode());
  }

  private static Optional<String> errorField(HttpResponseException e, String field) {
    return e.getValue() instanceof Map<?, ?> body && body.get("error") instanceof Map<?, ?> error
        ? Optional.ofNullable(error.get(field)).map(Object::toString)
        : Optional.empty();
  }

  private static String requestIdBelow(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof HttpResponseException e) {
        return requestId(e.getResponse());
      }
    }
    return "";
  }

  private static String requestId(@Nullable HttpResponse response) {
    if (response == null) {
      return "";
    }
    String id = response.getHeaders().getValue(HttpHeaderName.X_MS_REQUEST_ID);
    return id == null ? "" : id;
  }

  private static Problem unexpected(Throwable failure) {
    String detail =
        failure.getCause() == null
            ? String.valueOf(failure.getMessage())
            : "%s: %s".formatted(failure.getMessage(), failure.getCause());
    return new Problem(
        failure.getClass().getSimpleName(),
        "%s: %s".formatted(failure.getClass().getSimpleName(), detail),
        "",
        "This is a bug in mlops. -v shows where; please report it with that.");
  }
}
