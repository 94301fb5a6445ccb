package mlops.emulator.template.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Base64;
import java.util.function.UnaryOperator;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Urls;

/** Functions that encode and decode: Base64, JSON, URIs. */
final class EncodingFunctions {
  private static final String UNRESERVED = "-_.~";

  static void addTo(FunctionTable table) {
    text(table, "base64", EncodingFunctions::base64);
    text(table, "dataUri", t -> "data:text/plain;charset=utf8;base64," + base64(t));
    text(table, "uriComponent", EncodingFunctions::encoded);
    table.add("base64ToString", 1, 1, a -> TemplateValues.text(decoded(a, a.text(0))));
    table.add("base64ToJson", 1, 1, a -> parsed(a, decoded(a, a.text(0))));
    table.add("json", 1, 1, a -> parsed(a, a.text(0)));
    table.add("dataUriToString", 1, 1, EncodingFunctions::ofDataUri);
    table.add("uriComponentToString", 1, 1, EncodingFunctions::unescaped);
    table.add("uri", 2, 2, EncodingFunctions::uri);
  }

  private static void text(FunctionTable table, String name, UnaryOperator<String> change) {
    table.add(name, 1, 1, a -> TemplateValues.text(change.apply(a.text(0))));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String decoded(Arguments a, String text) {
    try {
      return new String(Base64.getDecoder().decode(text), UTF_8);
    } catch (IllegalArgumentException e) {
      throw a.invalid("the text is not Base64");
    }
  }

  private static JsonNode parsed(Arguments a, String text) {
    try {
      JsonNode value = Json.LENIENT.readTree(text);
      return TemplateValues.isNothing(value) ? TemplateValues.NULL : value;
    } catch (JsonProcessingException e) {
      throw a.invalid("the text is not JSON: " + e.getOriginalMessage());
    }
  }

  private static JsonNode ofDataUri(Arguments a) {
    String uri = a.text(0);
    int comma = uri.indexOf(',');
    if (!uri.startsWith("data:") || comma < 0) {
      throw a.invalid("the text is no data URI");
    }
    String content = uri.substring(comma + 1);
    boolean base64 = uri.substring(0, comma).endsWith(";base64");
    return TemplateValues.text(base64 ? decoded(a, content) : unescape(a, content));
  }

  private static JsonNode unescaped(Arguments a) {
    return TemplateValues.text(unescape(a, a.text(0)));
  }

  private static String unescape(Arguments a, String text) {
    try {
      return Urls.decode(text);
    } catch (ApiException e) {
      throw a.invalid("the text is not percent-encoded");
    }
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }

  /** Joins a base and what is relative to it; a base that ends in a slash is kept whole. */
  private static JsonNode uri(Arguments a) {
    String base = a.text(0);
    String relative = a.text(1);
    if (base.endsWith("/")) {
      return TemplateValues.text(
          base + (relative.startsWith("/") ? relative.substring(1) : relative));
    }
    try {
      URI root = URI.create(base);
      URI whole =
          root.getRawPath() == null || root.getRawPath().isEmpty() ? URI.create(base + "/") : root;
      return TemplateValues.text(whole.resolve(relative).toString());
    } catch (IllegalArgumentException e) {
      throw a.invalid("'%s' and '%s' are no URI".formatted(base, relative));
    }
  }

  private EncodingFunctions() {}
}
