package mlops.steps.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureSetSpec;
import mlops.yaml.YamlNode;

/**
 * What azure-ai-ml tells Azure of a specification: neither how features are computed nor the layout
 * of the online store.
 */
final class SpecText {

  static ObjectNode of(FeatureSetSpec spec, String address) {
    ObjectNode text = JsonNodeFactory.instance.objectNode();
    source(spec, address, text.putObject("source"));
    ArrayNode features = text.putArray("features");
    for (DataColumn feature : spec.features()) {
      ObjectNode one = column(features, feature, "FeatureName");
      feature.node().text("description").ifPresent(d -> one.put("Description", d));
      feature.node().map("tags").ifPresent(tags -> one.set("Tags", tags.json()));
    }
    ArrayNode keys = text.putArray("indexColumns");
    spec.indexColumns().forEach(key -> column(keys, key, "ColumnName"));
    offset(spec.node(), "source_lookback", "sourceLookback", text);
    offset(spec.node(), "temporal_join_lookback", "temporalJoinLookback", text);
    return text;
  }

  private static void source(FeatureSetSpec spec, String address, ObjectNode source) {
    source.put("type", spec.source().type().word);
    if (!address.isEmpty()) {
      source.put("path", address);
    }
    if (!spec.source().timestampColumn().isEmpty()) {
      ObjectNode column = source.putObject("timestampColumn");
      column.put("name", spec.source().timestampColumn());
      spec.source().format().ifPresent(f -> column.put("format", f));
    }
    offset(spec.source().node(), "source_delay", "sourceDelay", source);
  }

  private static ObjectNode column(ArrayNode list, DataColumn column, String name) {
    return list.addObject().put(name, column.name()).put("DataType", column.type().word());
  }

  /** A span in the units that the file names, and no others. */
  private static void offset(YamlNode map, String key, String name, ObjectNode into) {
    map.map(key)
        .ifPresent(
            written -> {
              ObjectNode offset = into.putObject(name);
              for (String unit : List.of("days", "hours", "minutes")) {
                String word = unit.substring(0, 1).toUpperCase(Locale.ROOT);
                written.integer(unit).ifPresent(n -> offset.put(word + unit.substring(1), n));
              }
            });
  }

  private SpecText() {}
}
