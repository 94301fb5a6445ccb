package mlops.portal.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets pass only what a browser on this machine asks of this portal to read: a page of elsewhere
 * reaches a loopback address by a name of its own (DNS rebinding), which the {@code Host} tells.
 */
final class PortalAccess implements HttpHandler {
  private static final String TOKEN = "token=";

  private final PortalPages pages;
  private final Visitors visitors;
  private final Set<String> hosts;
  private final Consumer<String> log;

  /**
   * @param log is told of a page that could not be made
   */
  PortalAccess(PortalPages pages, Visitors visitors, int port, Consumer<String> log) {
    this.pages = pages;
    this.visitors = visitors;
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private PageAnswer answer(HttpExchange exchange) {
    String host = header(exchange, "Host");
    if (!hosts.contains(host)) {
      return PortalPages.closed(
          403, "Not this host", "The portal answers under the address that it printed alone.");
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return PortalPages.closed(405, "Read-only", "The portal only shows: it knows GET alone.")
          .with("Allow", "GET");
    }
    boolean known = visitors.knows(header(exchange, "Cookie"));
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    if (!known && query.startsWith(TOKEN)) {
      return enter(query.substring(TOKEN.length()));
    }
    if (!known) {
      return PortalPages.closed(
          401,
          "Open it by its address",
          "Open the whole address that mlops local portal printed. It works once; for another"
              + " browser start the portal again.");
    }
    return page(exchange);
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private PageAnswer enter(String token) {
    return visitors
        .enter(token)
        .map(cookie -> PortalPages.entered().with("Set-Cookie", cookie))
        .orElseGet(
            () ->
                PortalPages.closed(
                    403,
                    "The address was used",
                    "It works once, in one browser. End mlops local portal and start it again for"
                        + " a new one."));
  }

  private PageAnswer page(HttpExchange exchange) {
    try {
      return pages.answer(exchange.getRequestURI());
    } catch (IllegalArgumentException e) {
      return PortalPages.closed(400, "No address", "The address is no address of a page.");
    } catch (RuntimeException | AssertionError e) {
      log.accept("%s could not be shown: %s".formatted(exchange.getRequestURI().getPath(), e));
      return PortalPages.closed(
          500, "It cannot be shown", "The terminal of mlops local portal says why.");
    }
  }
}
