package mlops.assets.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.yaml.YamlNode;

/** Texts in a file that name something in a workspace: {@code azureml:name:1}. */
public final class ReferenceFields {
  private static final Pattern ARM = Pattern.compile("(?:azureml:)?(/subscriptions/.+)");
  private static final Pattern REGISTRY = Pattern.compile("azureml://registries/.+");
  private static final Pattern LABEL = Pattern.compile("azureml:([^:@/]+)@([^:@/]+)");
  private static final Pattern VERSION = Pattern.compile("azureml:([^:@/]+):([^@/]+)");
  private static final Pattern NAME = Pattern.compile("(?:azureml:)?([^:@/]+)");

  /** The id of a compute or datastore. */
  public static Optional<JsonNode> named(YamlNode node, String collection) {
    Optional<String> text = node.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher arm = ARM.matcher(text.get());
    Matcher name = NAME.matcher(text.get());
    if (arm.matches()) {
      return Optional.of(TextNode.valueOf(arm.group(1)));
    }
    if (name.matches()) {
      return Optional.of(pojo(new UnresolvedReference.Named(collection, name.group(1))));
    }
    node.mistake("%s is %s".formatted(node.name(), node.words()), "write azureml:NAME");
    return Optional.empty();
  }

  /** The id of a version of an asset. */
  public static Optional<JsonNode> version(YamlNode node, String collection) {
    Optional<String> text = node.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<JsonNode> id = version(text.get(), collection);
    if (id.isEmpty()) {
      String name = text.get().replaceFirst("^azureml:", "").replaceFirst("[:@].*$", "");
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()),
          "write azureml:%s:VERSION or azureml:%s@latest".formatted(name, name));
    }
    return id;
  }

  static Optional<JsonNode> version(String text, String collection) {
    Matcher arm = ARM.matcher(text);
    if (arm.matches()) {
      return Optional.of(TextNode.valueOf(arm.group(1)));
    }
    if (REGISTRY.matcher(text).matches() || text.startsWith("azureml:AzureML-")) {
      return Optional.of(TextNode.valueOf(text)); // Azure's own: it finds the version
    }
    Matcher label = LABEL.matcher(text);
    if (label.matches()) {
      return Optional.of(
          pojo(new UnresolvedReference.Label(collection, label.group(1), label.group(2))));
    }
    Matcher version = VERSION.matcher(text);
    return version.matches()
        ? Optional.of(
            pojo(new UnresolvedReference.Version(collection, version.group(1), version.group(2))))
        : Optional.empty();
  }

  /** As deployments name an asset. */
  public static JsonNode asset(JsonNode id) {
    return RequestBody.object().put("referenceType", "Id").set("assetId", id);
  }

  public static JsonNode pojo(UnresolvedReference reference) {
    return new POJONode(reference);
  }

  /** With {@code azureml:} before it, as component specs have ids. */
  public static JsonNode prefixed(JsonNode id) {
    if (id instanceof POJONode pojo && pojo.getPojo() instanceof UnresolvedReference reference) {
      return pojo(new UnresolvedReference.Prefixed(reference));
    }
    String text = id.asText();
    return TextNode.valueOf(text.startsWith("azureml:") ? text : "azureml:" + text);
  }

  private ReferenceFields() {}
}
