package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import org.jspecify.annotations.Nullable;

/** What the body of a PUT or PATCH gives of a secret; null for what it leaves out. */
record SecretChange(
    @Nullable String value,
    @Nullable String contentType,
    @Nullable Map<String, String> tags,
    @Nullable Boolean enabled,
    @Nullable Long notBefore,
    @Nullable Long expires) {
  private static final int LARGEST_VALUE = 25 * 1024;
  private static final int MOST_TAGS = 15;
  private static final int LONGEST_TAG = 256;
  private static final int LONGEST_CONTENT_TYPE = 255;

  /** The last four are set by Key Vault alone: what a client sends for them is not taken. */
  private static final Set<String> ATTRIBUTES =
      Set.of("enabled", "nbf", "exp", "created", "updated", "recoveryLevel", "recoverableDays");

  /** The body of a PUT, which must give a value. */
  static SecretChange ofSet(Request request) {
    SecretChange change = read(request, Set.of("value", "contentType", "tags", "attributes"));
    if (change.value() == null) {
      throw VaultErrors.badParameter("Property value is required.");
    }
    return change;
  }

  /** The body of a PATCH, which cannot change the value. */
  static SecretChange ofUpdate(Request request) {
    return read(request, Set.of("contentType", "tags", "attributes"));
  }

  /** The version of a secret that a PUT makes. */
  SecretVersion first(long now) {
    String id = UUID.randomUUID().toString().replace("-", "");
    return new SecretVersion(id, String.valueOf(value), null, null, true, null, null, now, now)
        .with(this, now);
  }

  private static SecretChange read(Request request, Set<String> known) {
    ObjectNode body = body(request);
    requireKnown(body, known, "");
    JsonNode attributes = body.path("attributes");
    if (attributes instanceof ObjectNode object) {
      requireKnown(object, ATTRIBUTES, "attributes.");
    } else if (!attributes.isMissingNode() && !attributes.isNull()) {
      throw invalid("attributes");
    }
    return new SecretChange(
        text(body, "value", LARGEST_VALUE),
        text(body, "contentType", LONGEST_CONTENT_TYPE),
        tags(body.path("tags")),
        enabled(attributes.path("enabled")),
        time(attributes.path("nbf"), "nbf"),
        time(attributes.path("exp"), "exp"));
  }

  /** What JSON readers quote of a text that is none may be a secret. */
  static ObjectNode body(Request request) {
    try {
      return request.json();
    } catch (ApiException e) {
      throw VaultErrors.badParameter("The request body is not a JSON object.");
    }
  }

  /** Asks that an object has no members but these. */
  static void requireKnown(ObjectNode object, Set<String> known, String path) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw VaultErrors.badParameter(
                    "Property %s%s is not a parameter of this operation.".formatted(path, name));
              }
            });
  }

  private static @Nullable String text(JsonNode body, String name, int most) {
    JsonNode text = body.path(name);
    if (text.isMissingNode() || text.isNull()) {
      return null;
    }
    if (!text.isTextual()) {
      throw invalid(name);
    }
    if (text.asText().getBytes(StandardCharsets.UTF_8).length > most) {
      throw VaultErrors.badParameter(
          "Property %s is too long: at most %d bytes are allowed.".formatted(name, most));
    }
    return text.asText();
  }

  private static @Nullable Map<String, String> tags(JsonNode tags) {
    if (tags.isMissingNode() || tags.isNull()) {
      return null;
    }
    if (!tags.isObject() || tags.size() > MOST_TAGS) {
      throw VaultErrors.badParameter(
          "Property tags must be an object of at most %d texts.".formatted(MOST_TAGS));
    }
    Map<String, String> read = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> tag : tags.properties()) {
      String value = tag.getValue().asText();
      boolean text = tag.getValue().isTextual() || tag.getValue().isNull();
      if (!text || tag.getKey().length() > LONGEST_TAG || value.length() > LONGEST_TAG) {
        throw VaultErrors.badParameter(
            "Names and values of tags must be texts of at most %d characters."
                .formatted(LONGEST_TAG));
      }
      read.put(tag.getKey(), tag.getValue().isNull() ? "" : value);
    }
    return read;
  }

  private static @Nullable Boolean enabled(JsonNode enabled) {
    if (enabled.isMissingNode() || enabled.isNull()) {
      return null;
    }
    if (!enabled.isBoolean()) {
      throw invalid("attributes.enabled");
    }
    return enabled.asBoolean();
  }

  private static @Nullable Long time(JsonNode time, String name) {
    if (time.isMissingNode() || time.isNull()) {
      return null;
    }
    if (!time.isIntegralNumber() || !time.canConvertToLong() || time.asLong() < 0) {
      throw invalid("attributes." + name);
    }
    return time.asLong();
  }

  private static ApiException invalid(String name) {
    return VaultErrors.badParameter("Property %s has invalid value.".formatted(name));
  }

  /** Without the value, which belongs into no log. */
  @Override
  public String toString() {
    return "change of a secret";
  }
}
