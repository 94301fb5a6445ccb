package mlops.emulator.template.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.emulator.http.ApiException;

/**
 * What a client asks of an export.
 *
 * @param resources ids in lower case; {@code *} stands for all of the group
 * @param literalNames whether names stand in the template, and not in parameters
 * @param defaults whether the parameters have the names as their defaults
 * @param comments whether each resource says where it is from
 */
record ExportOptions(
    List<String> resources, boolean literalNames, boolean defaults, boolean comments) {
  private static final String LITERAL_NAMES = "skipresourcenameparameterization";
  private static final String LITERAL_ALL = "skipallparameterization";
  private static final String DEFAULTS = "includeparameterdefaultvalue";
  private static final String COMMENTS = "includecomments";

  static ExportOptions of(ObjectNode body) {
    if (!body.path("outputFormat").asText("Json").equalsIgnoreCase("Json")) {
      throw ApiException.notImplemented(
          "The embedded Azure exports JSON, not '%s'.".formatted(body.path("outputFormat")));
    }
    List<String> resources = new ArrayList<>();
    for (JsonNode id : body.path("resources")) {
      resources.add(id.asText().toLowerCase(Locale.ROOT));
    }
    if (resources.isEmpty()) {
      throw ApiException.badRequest(
          "InvalidExportTemplateRequest",
          "The request has to name the resources to export, or '*' for all of them.");
    }
    Set<String> options =
        Arrays.stream(body.path("options").asText("").split(",", -1))
            .map(option -> option.strip().toLowerCase(Locale.ROOT))
            .filter(option -> !option.isEmpty() && !option.equals("none"))
            .collect(Collectors.toSet());
    if (!Set.of(LITERAL_NAMES, LITERAL_ALL, DEFAULTS, COMMENTS).containsAll(options)) {
      throw ApiException.badRequest(
          "InvalidExportTemplateRequest",
          "The export options '%s' are not valid.".formatted(body.path("options").asText()));
    }
    return new ExportOptions(
        resources,
        options.contains(LITERAL_NAMES) || options.contains(LITERAL_ALL),
        options.contains(DEFAULTS),
        options.contains(COMMENTS));
  }

  boolean wants(String id) {
    return resources.contains("*") || resources.contains(id.toLowerCase(Locale.ROOT));
  }
}
