package mlops.emulator.blob.auth;

import com.azure.core.http.HttpHeader;
import java.text.Collator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/** Requests signed with an account key: the {@code SharedKey} scheme of the REST reference. */
public final class SharedKeyValidator {
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(15);
  private static final List<String> STANDARD =
      List.of(
          "Content-Encoding",
          "Content-Language",
          "Content-Length",
          "Content-MD5",
          "Content-Type",
          "Date",
          "If-Modified-Since",
          "If-Match",
          "If-None-Match",
          "If-Unmodified-Since",
          "Range");

  private final Clock clock;

  public SharedKeyValidator(Clock clock) {
    this.clock = clock;
  }

  /**
   * Checks a signature.
   *
   * @param credential {@code account:signature}
   * @throws ApiException 403 AuthenticationFailed or KeyBasedAuthenticationNotPermitted
   */
  void verify(String credential, Request request, BlobAccounts.Account account) {
    int colon = credential.indexOf(':');
    if (colon < 0 || !credential.substring(0, colon).equals(account.name())) {
      throw AccessDenied.authenticationFailed(
          "The account of the Authorization header is another one.");
    }
    if (!account.sharedKeys()) {
      throw AccessDenied.keysNotPermitted();
    }
    requireRecent(request);
    String given = credential.substring(colon + 1);
    for (boolean byCulture : new boolean[] {false, true}) {
      for (boolean split : new boolean[] {false, true}) {
        String text = text(request, account.name(), byCulture, split);
        for (String key : account.keys()) {
          if (Hmac.same(Hmac.sign(key, text), given)) {
            return;
          }
        }
      }
    }
    throw AccessDenied.authenticationFailed(
        "The MAC signature found in the HTTP request '%s' is not the same as any computed signature. Server used following string to sign: '%s'."
            .formatted(given, text(request, account.name(), false, false)));
  }

  private void requireRecent(Request request) {
    String date = request.header("x-ms-date");
    String text = date == null ? request.header("Date") : date;
    if (text == null) {
      throw AccessDenied.authenticationFailed(
          "Request date header not specified: one of x-ms-date and Date is needed.");
    }
    Instant sent =
        HttpDates.read(text)
            .orElseThrow(
                () ->
                    AccessDenied.authenticationFailed(
                        "Request date header is no date: '%s'".formatted(text)));
    if (Duration.between(sent, clock.instant()).abs().compareTo(LARGEST_SKEW) > 0) {
      throw AccessDenied.authenticationFailed("Request date header too old: '%s'".formatted(text));
    }
  }

  /**
   * A text that may have been signed. Clients differ in two ways.
   *
   * @param byCulture whether header names are sorted as words, not by their codes
   * @param split whether query values are sorted by what is between commas
   */
  private static String text(Request request, String account, boolean byCulture, boolean split) {
    Comparator<? super String> order =
        byCulture ? Collator.getInstance(Locale.ROOT) : Comparator.naturalOrder();
    return request.method()
        + "\n"
        + standardHeaders(request)
        + xmsHeaders(request, order)
        + resource(request, account, split);
  }

  private static String standardHeaders(Request request) {
    StringBuilder text = new StringBuilder();
    for (String name : STANDARD) {
      String value = request.header(name);
      boolean dropped =
          (name.equals("Content-Length") && "0".equals(value))
              || (name.equals("Date") && request.header("x-ms-date") != null);
      text.append(value == null || dropped ? "" : value).append('\n');
    }
    return text.toString();
  }

  private static String xmsHeaders(Request request, Comparator<? super String> order) {
    Map<String, String> headers = new TreeMap<>(order);
    for (HttpHeader header : request.headers()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-ms-")) {
        headers.put(name, folded(header.getValue()));
      }
    }
    return headers.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** White space folded into one space, as headers that came in several lines are. */
  private static String folded(String value) {
    boolean plain = value.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '\r');
    return plain && !value.contains("  ") ? value.strip() : value.strip().replaceAll("\\s+", " ");
  }

  private static String resource(Request request, String account, boolean split) {
    Map<String, List<String>> query = new TreeMap<>();
    for (String pair : request.rawQuery().split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String name = Urls.decode(parts[0]).toLowerCase(Locale.ROOT);
        String value = parts.length > 1 ? parts[1] : "";
        List<String> values = query.computeIfAbsent(name, n -> new ArrayList<>());
        for (String one : split ? value.split(",", -1) : new String[] {value}) {
          values.add(decode(one));
        }
      }
    }
    return "/" + account + request.path() + lines(query);
  }

  private static String decode(String value) {
    return Urls.decode(value.replace("+", "%20"));
  }

  private static String lines(Map<String, List<String>> query) {
    return query.entrySet().stream()
        .map(
            e ->
                "\n"
                    + e.getKey()
                    + ":"
                    + e.getValue().stream().sorted().collect(Collectors.joining(",")))
        .collect(Collectors.joining());
  }
}
