package mlops.emulator.blob;

import com.azure.core.http.HttpHeader;
import java.text.Collator;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/** Requests signed with an account key: the {@code SharedKey} scheme of the REST reference. */
final class SharedKey {
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

  SharedKey(Clock clock) {
    this.clock = clock;
  }

  /**
   * Checks a signature.
   *
   * @param credential {@code account:signature}
   * @throws ApiException 403 AuthenticationFailed or KeyBasedAuthenticationNotPermitted
   */
  void verify(String credential, Request request, Accounts.Account account) {
    int colon = credential.indexOf(':');
    if (colon < 0 || !credential.substring(0, colon).equals(account.name())) {
      throw Gate.authenticationFailed("The account of the Authorization header is another one.");
    }
    if (!account.sharedKeys()) {
      throw new ApiException(
          403,
          "KeyBasedAuthenticationNotPermitted",
          "Key based authentication is not permitted on this storage account.");
    }
    requireRecent(request);
    String given = credential.substring(colon + 1);
    List<String> texts = texts(request, account.name());
    for (String text : texts) {
      for (String key : account.keys()) {
        if (Hmac.same(Hmac.sign(key, text), given)) {
          return;
        }
      }
    }
    throw Gate.authenticationFailed(
        "The MAC signature found in the HTTP request '%s' is not the same as any computed signature. Server used following string to sign: '%s'."
            .formatted(given, texts.get(0)));
  }

  private void requireRecent(Request request) {
    String date = request.header("x-ms-date");
    String text = date == null ? request.header("Date") : date;
    if (text == null) {
      throw Gate.authenticationFailed(
          "Request date header not specified: one of x-ms-date and Date is needed.");
    }
    try {
      Instant sent = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      if (Duration.between(sent, clock.instant()).abs().compareTo(LARGEST_SKEW) > 0) {
        throw Gate.authenticationFailed("Request date header too old: '%s'".formatted(text));
      }
    } catch (DateTimeException e) {
      throw Gate.authenticationFailed("Request date header is no date: '%s'".formatted(text));
    }
  }

  /** The texts that may have been signed: clients sort header names by code or by culture. */
  private static List<String> texts(Request request, String account) {
    String standard = request.method() + "\n" + standardHeaders(request);
    List<String> texts = new ArrayList<>();
    for (String resource : resources(request, account)) {
      texts.add(standard + xmsHeaders(request, Comparator.naturalOrder()) + resource);
      texts.add(standard + xmsHeaders(request, Collator.getInstance(Locale.ROOT)) + resource);
    }
    return texts.stream().distinct().toList();
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
        headers.put(name, header.getValue().strip().replaceAll("\\s+", " "));
      }
    }
    return headers.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** The resource with commas inside query values as they came, and with the parts sorted. */
  private static List<String> resources(Request request, String account) {
    Map<String, List<String>> whole = new TreeMap<>();
    Map<String, List<String>> split = new TreeMap<>();
    for (String pair : request.rawQuery().split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String name = Urls.decode(parts[0]).toLowerCase(Locale.ROOT);
        String value = parts.length > 1 ? parts[1] : "";
        whole.computeIfAbsent(name, n -> new ArrayList<>()).add(decode(value));
        split
            .computeIfAbsent(name, n -> new ArrayList<>())
            .addAll(Arrays.stream(value.split(",", -1)).map(SharedKey::decode).toList());
      }
    }
    String path = "/" + account + request.path();
    return List.of(path + lines(whole), path + lines(split));
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
