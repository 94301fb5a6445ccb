package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/**
 * A page of a list. It goes on behind a name, not after a number, so that what is added or deleted
 * between two pages shifts nothing.
 *
 * @param after the key behind which it begins; empty for the first page
 */
record SecretPage(String after, int most) {
  private static final int LARGEST = 25;

  /** The page that a request asks for. */
  static SecretPage of(Request request) {
    return new SecretPage(
        request.queryValue("$skiptoken").map(SecretPage::key).orElse(""),
        request.queryValue("maxresults").map(SecretPage::size).orElse(LARGEST));
  }

  private static int size(String text) {
    int size = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (size < 1 || size > LARGEST) {
      throw VaultErrors.badParameter(
          "maxresults must be a number from 1 to %d: %s".formatted(LARGEST, text));
    }
    return size;
  }

  private static String key(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw VaultErrors.badParameter("The $skiptoken of the request is none that was given out.");
    }
  }

  /**
   * The answer to the request.
   *
   * @param key by which the list is in order, whatever the case of its letters
   * @throws ApiException 400 for a page that cannot be
   */
  <T> Response answer(
      Request request, List<T> all, Function<T, String> key, Function<T, ObjectNode> document) {
    Function<T, String> order = one -> key.apply(one).toLowerCase(Locale.ROOT);
    List<T> left =
        all.stream()
            .filter(one -> order.apply(one).compareTo(after) > 0)
            .sorted(Comparator.comparing(order))
            .toList();
    ObjectNode page = Json.object();
    ArrayNode value = page.putArray("value");
    left.stream().limit(most).map(document).forEach(value::add);
    boolean last = left.size() <= most;
    page.put("nextLink", last ? null : next(request, order.apply(left.get(most - 1))));
    return Response.json(200, page);
  }

  private static String next(Request request, String key) {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    String size = request.queryValue("maxresults").map(n -> "&maxresults=" + n).orElse("");
    return "https://%s:443%s?api-version=%s&$skiptoken=%s%s"
        .formatted(
            request.host(),
            request.path(),
            request.queryValue("api-version").orElse(""),
            token,
            size);
  }
}
