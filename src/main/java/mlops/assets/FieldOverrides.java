package mlops.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.error.MlopsException;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;
import mlops.yaml.YamlOverlay;

/** Values that take the place of those in a file: {@code --set resources.instance_count=2}. */
public final class FieldOverrides {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<String, JsonNode> values;

  private FieldOverrides(Map<String, JsonNode> values) {
    this.values = values;
  }

  public static FieldOverrides none() {
    return new FieldOverrides(Map.of());
  }

  /**
   * The arguments of {@code --set}. What reads as JSON is that; everything else is text.
   *
   * @throws MlopsException of kind INVALID where one is not of the form KEY.PATH=VALUE
   */
  public static FieldOverrides parse(List<String> settings) {
    FieldOverrides overrides = none();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw MlopsException.invalid(
            "--set %s is not of the form KEY.PATH=VALUE".formatted(setting),
            "Write for example --set resources.instance_count=2");
      }
      overrides = overrides.with(setting.substring(0, equals), json(setting.substring(equals + 1)));
    }
    return overrides;
  }

  /**
   * These and one more.
   *
   * @param path keys with dots between them: {@code inputs.champion}
   */
  public FieldOverrides with(String path, JsonNode value) {
    Map<String, JsonNode> more = new LinkedHashMap<>(values);
    more.remove(path);
    more.put(path, value);
    return new FieldOverrides(more);
  }

  public FieldOverrides with(String path, String value) {
    return with(path, TextNode.valueOf(value));
  }

  /** Whether something takes the place of a field, or of one below it. */
  public boolean touches(String path) {
    return values.keySet().stream().anyMatch(p -> (p + ".").startsWith(path + "."));
  }

  /** The keys directly below a field that something takes the place of: {@code seed} of inputs. */
  public Set<String> below(String field) {
    return values.keySet().stream()
        .filter(path -> path.startsWith(field + "."))
        .map(path -> path.substring(field.length() + 1).replaceFirst("\\..*", ""))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The map of a file with these values in place. */
  YamlNode onto(YamlNode root, Mistakes mistakes) {
    YamlNode result = root;
    for (Map.Entry<String, JsonNode> value : values.entrySet()) {
      Path origin = Path.of("--set " + value.getKey());
      String text = nested(value.getKey(), value.getValue()).toString();
      YamlNode below = result;
      result =
          YamlFile.parse(origin, text, mistakes)
              .map(over -> YamlOverlay.onto(below, over))
              .orElse(below);
    }
    return result;
  }

  private static ObjectNode nested(String path, JsonNode value) {
    JsonNode json = value;
    String[] keys = path.split("\\.", -1);
    for (int i = keys.length - 1; i > 0; i--) {
      json = JsonNodeFactory.instance.objectNode().set(keys[i], json);
    }
    return JsonNodeFactory.instance.objectNode().set(keys[0], json);
  }

  private static JsonNode json(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json.isNumber()) {
        // as it is written, and read as a file is
        return JsonNodeFactory.instance.rawValueNode(new RawValue(text.strip()));
      }
      return json.isMissingNode() ? TextNode.valueOf(text) : json;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }
}
