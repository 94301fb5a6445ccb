package mlops.features.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.yaml.Mistakes;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** What the files of a folder ask of each other. */
final class DefinitionCheck {
  private static final Pattern REFERENCE = Pattern.compile("azureml:([^:/]+):([^:/]+)");

  private final FeatureDefinitions all;
  private final Mistakes mistakes;

  private DefinitionCheck(FeatureDefinitions all, Mistakes mistakes) {
    this.all = all;
    this.mistakes = mistakes;
  }

  static void check(FeatureDefinitions all, Mistakes mistakes) {
    DefinitionCheck check = new DefinitionCheck(all, mistakes);
    check.unique();
    all.sets().forEach(check::keys);
    all.sets().forEach(check::source);
  }

  private void unique() {
    if (all.stores().size() > 1) {
      FeatureStore second = all.stores().get(1);
      String first = all.stores().get(0).node().place().toString();
      second.node().mistake("a folder defines one store, and " + first + " is one", "");
    }
    Map<String, YamlNode> seen = new HashMap<>();
    all.entities().forEach(e -> once(seen, "entity " + e.id(), e.node()));
    all.sets().forEach(s -> once(seen, "feature set " + s.id(), s.node()));
  }

  private void once(Map<String, YamlNode> seen, String what, YamlNode node) {
    YamlNode first = seen.putIfAbsent(what, node);
    if (first != null) {
      String message = "the %s is defined twice, first in %s".formatted(what, first.place());
      node.mistakeAt("name", message, "give it another name or version");
    }
  }

  /** The keys of a feature set are those of its entities, in name and type. */
  private void keys(FeatureSet set) {
    Map<String, DataColumn> known = new HashMap<>();
    boolean complete = true;
    for (YamlNode reference : set.entities()) {
      Optional<FeatureEntity> entity = reference.asText().flatMap(t -> entity(reference, t));
      entity.ifPresent(e -> e.indexColumns().forEach(c -> known.put(c.name(), c)));
      complete &= entity.isPresent() && !entity.get().indexColumns().isEmpty();
    }
    for (DataColumn key : complete ? set.spec().indexColumns() : List.<DataColumn>of()) {
      DataColumn declared = known.remove(key.name());
      if (declared == null) {
        String what = "the key %s is none of %s's entities".formatted(key.name(), set.id());
        key.node().mistakeAt("name", what, "");
      } else if (declared.type() != key.type()) {
        String what =
            "the key %s is %s here and %s in %s"
                .formatted(
                    key.name(), key.type().word(), declared.type().word(), declared.node().place());
        key.node().mistakeAt("type", what, "");
      }
    }
    if (complete && !set.spec().indexColumns().isEmpty()) {
      known.keySet().stream().sorted().forEach(name -> missing(set, name));
    }
  }

  private static void missing(FeatureSet set, String key) {
    String what = "%s's entities have the key %s too".formatted(set.id(), key);
    set.spec().node().mistakeAt("index_columns", what, "add it with its type");
  }

  private Optional<FeatureEntity> entity(YamlNode reference, String text) {
    Matcher parts = REFERENCE.matcher(text);
    if (!parts.matches()) {
      reference.mistake("%s names no entity".formatted(text), "write it like azureml:zone:1");
      return Optional.empty();
    }
    String id = parts.group(1) + ":" + parts.group(2);
    Optional<FeatureEntity> found =
        all.entities().stream().filter(e -> e.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      List<String> ids = all.entities().stream().map(FeatureEntity::id).sorted().toList();
      reference.mistake("no file here defines the entity " + id, hint(id, ids));
    }
    return found;
  }

  private static String hint(String id, List<String> ids) {
    return ids.isEmpty() ? "write its file" : SpellingSuggestion.hint(id, ids);
  }

  /** What is no mistake and yet no join can be made of here, or Azure cannot read. */
  private void source(FeatureSet set) {
    FeatureSource source = set.spec().source();
    if (source.isLocal() && source.type().isFile()) {
      mistakes.note(
          source.node().at("path").orElse(source.node()).place(),
          "source.path is a file here: Azure's own reader takes only paths of the cloud",
          "");
    }
    Path file = set.spec().file().resolveSibling(source.isLocal() ? source.path() : ".");
    if (source.isLocal() && !Files.exists(file)) {
      String what = "there is no %s: no training data can be made of it";
      mistakes.note(
          source.node().at("path").orElse(source.node()).place(),
          what.formatted(file.normalize()),
          "");
    }
    if (!source.type().isFile()) {
      String what = "a source of type %s needs Spark: no training data can be made of it here";
      mistakes.note(source.node().place(), what.formatted(source.type().word), "");
    }
    set.spec()
        .transformer()
        .ifPresent(
            name -> {
              String what = "the PySpark transformer %s needs Spark: no training data of %s here";
              mistakes.note(set.spec().node().place(), what.formatted(name, set.id()), "");
            });
  }
}
