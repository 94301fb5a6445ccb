package mlops.features.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.yaml.Mistakes;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** Reads the files of a store, an entity and a feature set. */
final class AssetReader {
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}";
  private static final Set<String> STAGES = Set.of("Development", "Production", "Archived");
  private static final List<String> STORE_KEYS =
      List.of(
          "$schema",
          "name",
          "location",
          "resource_group",
          "display_name",
          "description",
          "tags",
          "compute_runtime",
          "offline_store",
          "online_store",
          "materialization_identity",
          "identity",
          "hbi_workspace",
          "storage_account",
          "container_registry",
          "key_vault",
          "application_insights",
          "customer_managed_key",
          "image_build_compute",
          "public_network_access",
          "primary_user_assigned_identity",
          "managed_network");

  private static final List<String> SET_KEYS =
      List.of(
          "$schema",
          "name",
          "version",
          "specification",
          "entities",
          "stage",
          "description",
          "tags",
          "properties",
          "materialization_settings");
  private static final List<String> SETTINGS =
      List.of(
          "offline_enabled",
          "online_enabled",
          "schedule",
          "notification",
          "resource",
          "spark_configuration");

  static Optional<FeatureStore> store(Path file, YamlNode root) {
    root.allow(STORE_KEYS);
    root.map("compute_runtime").ifPresent(c -> c.allow("spark_runtime_version"));
    connection(root, "offline_store", "azure_data_lake_gen2");
    connection(root, "online_store", "redis");
    root.map("materialization_identity")
        .ifPresent(i -> i.allow("client_id", "principal_id", "resource_id"));
    return name(root).map(name -> new FeatureStore(file, name, root.text("location"), root));
  }

  private static void connection(YamlNode root, String key, String type) {
    root.map(key)
        .ifPresent(
            store -> {
              store.allow("type", "target");
              store.required("target");
              store.required("type").ifPresent(t -> t.oneOf(Set.of(type)));
            });
  }

  static Optional<FeatureEntity> entity(Path file, YamlNode root) {
    root.allow(
        "$schema",
        "name",
        "version",
        "index_columns",
        "stage",
        "description",
        "tags",
        "properties");
    root.at("stage").ifPresent(s -> s.oneOf(STAGES));
    Optional<String> name = name(root);
    Optional<String> version = version(root);
    List<DataColumn> columns = DataColumn.list(root.list("index_columns"));
    unlessMistyped(root, "index_columns");
    return name.isPresent() && version.isPresent()
        ? Optional.of(new FeatureEntity(file, name.get(), version.get(), columns, root))
        : Optional.empty();
  }

  /** A feature set with its spec; empty where one of them cannot be read. */
  static Optional<FeatureSet> set(Path file, YamlNode root, Mistakes mistakes) {
    root.allow(SET_KEYS);
    root.at("stage").ifPresent(s -> s.oneOf(STAGES));
    Optional<String> name = name(root);
    Optional<String> version = version(root);
    Optional<FeatureSetSpec> spec = spec(file, root, mistakes);
    YamlNode settings = root.map("materialization_settings").orElseGet(() -> root.nothing());
    settings.allow(SETTINGS);
    boolean offline = settings.flag("offline_enabled").orElse(false);
    boolean online = settings.flag("online_enabled").orElse(false);
    List<YamlNode> entities = root.list("entities");
    unlessMistyped(root, "entities");
    return spec.isPresent() && name.isPresent() && version.isPresent()
        ? Optional.of(
            new FeatureSet(
                file, name.get(), version.get(), entities, offline, online, spec.get(), root))
        : Optional.empty();
  }

  private static Optional<FeatureSetSpec> spec(Path file, YamlNode root, Mistakes mistakes) {
    Optional<YamlNode> specification =
        unlessMistyped(root, "specification").flatMap(YamlNode::asMap);
    specification.ifPresent(s -> s.allow("path"));
    Optional<YamlNode> path = specification.flatMap(s -> s.required("path"));
    Optional<String> text = path.flatMap(YamlNode::asText);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Path folder = file.resolveSibling(text.get()).normalize();
    Path named = folder.resolve(SpecReader.FILE);
    if (!named.toFile().isFile()) {
      path.get().mistake("there is no %s in %s".formatted(SpecReader.FILE, text.get()), "");
      return Optional.empty();
    }
    return SpecReader.read(named, mistakes);
  }

  /** A key that is needed; where it is mistyped, that it is unknown has been said already. */
  private static Optional<YamlNode> unlessMistyped(YamlNode root, String key) {
    return root.at(key).isEmpty() && isNearly(root, key) ? Optional.empty() : root.required(key);
  }

  /** Whether there is a key that can be taken for another one. */
  static boolean isNearly(YamlNode root, String key) {
    return root.entries().keySet().stream()
        .anyMatch(k -> !k.equals(key) && SpellingSuggestion.nearest(k, List.of(key)).isPresent());
  }

  private static Optional<String> name(YamlNode root) {
    Optional<YamlNode> node = root.required("name");
    Optional<String> name = node.flatMap(YamlNode::asText);
    if (name.isPresent() && !name.get().matches(NAME)) {
      String what = "the name \"%s\" is not allowed".formatted(name.get());
      node.get().mistake(what, "use letters, digits, _, - and ., a letter or digit first");
    }
    return name;
  }

  private static Optional<String> version(YamlNode root) {
    return root.required("version").flatMap(YamlNode::asText);
  }

  private AssetReader() {}
}
