package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.azure.ml.DatastoreUri;

/**
 * What a resource lacks of what is wanted. Azure adds fields of its own, spells enums as it likes
 * and writes the same time in different ways; none of that is a difference.
 */
public final class ResourceDifference {
  /** Fields that Azure keeps to itself, that say nothing about the resource, or that are secret. */
  private static final Set<String> SILENT =
      Set.of("isAnonymous", "isArchived", "tags", "location", "secrets");

  private final List<String> found = new ArrayList<>();

  /** The fields of {@code wanted} that {@code actual} has not, as {@code field old → new}. */
  public static List<String> between(JsonNode wanted, JsonNode actual) {
    ResourceDifference difference = new ResourceDifference();
    difference.compare("", wanted, actual);
    return difference.found;
  }

  private void compare(String at, JsonNode wanted, JsonNode actual) {
    if (wanted.isObject()) {
      wanted
          .fields()
          .forEachRemaining(
              field -> {
                if (!SILENT.contains(field.getKey())) {
                  String name = at.isEmpty() ? field.getKey() : at + "." + field.getKey();
                  compare(name, field.getValue(), actual.path(field.getKey()));
                }
              });
    } else if (wanted.isArray()) {
      if (!wanted.equals(actual) && !(wanted.isEmpty() && actual.isMissingNode())) {
        found.add(last(at) + " differs");
      }
    } else if (!same(wanted, actual)) {
      found.add("%s %s → %s".formatted(last(at), text(actual), text(wanted)));
    }
  }

  private static boolean same(JsonNode wanted, JsonNode actual) {
    if (wanted.isNull()) {
      return actual.isNull() || actual.isMissingNode();
    }
    if (wanted.isNumber() && actual.isNumber()) {
      return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    String one = wanted.asText();
    String other = actual.asText();
    return plain(one).equals(plain(other)) || sameTime(one, other) || samePlace(one, other);
  }

  /** The short and the long form of a place in a datastore mean the same. */
  private static boolean samePlace(String one, String other) {
    Optional<DatastoreUri> place = DatastoreUri.parse(one);
    return place.isPresent() && place.equals(DatastoreUri.parse(other));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace("_", "").strip();
  }

  private static boolean sameTime(String one, String other) {
    try {
      return one.startsWith("P") && Duration.parse(one).equals(Duration.parse(other));
    } catch (DateTimeParseException e) {
      return false; // not times at all
    }
  }

  private static String text(JsonNode node) {
    String text = node.isMissingNode() || node.isNull() ? "(none)" : node.asText();
    return text.length() > 40 || text.contains("\n") ? "…" : text;
  }

  private static String last(String at) {
    return at.substring(at.lastIndexOf('.') + 1);
  }

  private ResourceDifference() {}
}
