package mlops.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * What the portal answers.
 *
 * @param type of the content, in UTF-8
 * @param more headers beside those that every answer has
 */
record PageAnswer(int status, String type, String content, Map<String, String> more) {
  /** Nothing of another site, no script in a page, no form, no frame around it. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  static PageAnswer html(int status, String content) {
    return new PageAnswer(status, "text/html", content, Map.of());
  }

  PageAnswer with(String header, String value) {
    return new PageAnswer(status, type, content, Map.of(header, value));
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    ALWAYS.forEach(headers::set);
    more.forEach(headers::set);
    headers.set("Content-Type", type + "; charset=utf-8");
    boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
    if (!empty) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(bytes);
      }
    }
  }
}
