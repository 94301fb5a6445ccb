package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnsupportedField;
import mlops.yaml.YamlNode;

/**
 * A registry: {@code az ml registry create --file}. As with Azure's own client, its description
 * stays in the file, and Azure makes storage and container registry for each region.
 */
public final class RegistryFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name description tags location replication_locations container_registry "
              + "public_network_access intellectual_property");

  private static final EnumMapping STORAGE =
      EnumMapping.same(
          "standard_lrs",
          "standard_grs",
          "standard_ragrs",
          "standard_zrs",
          "standard_gzrs",
          "standard_ragzrs",
          "premium_lrs",
          "premium_zrs");

  private static final EnumMapping NETWORK =
      EnumMapping.of("enabled", "Enabled", "disabled", "Disabled");

  public static ResourceDraft draft(FileSection file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    UnsupportedField.fields(node, "intellectual_property");
    containers(file);
    Optional<String> location = node.required("location").flatMap(YamlNode::asText);
    RequestBody properties =
        new RequestBody(file)
            .choice("public_network_access", "publicNetworkAccess", NETWORK)
            .set("regionDetails", regions(file, location))
            .texts("tags", "managedResourceGroupTags");
    RequestBody body = new RequestBody(file).required("location", "location");
    body.set("identity", RequestBody.object().put("type", "SystemAssigned"));
    body.texts("tags", "tags").set("properties", properties.json());
    return ResourceDraft.named("registries", file.name(AssetNames.REGISTRY), body.json());
  }

  /** One of one's own is in the schema of the file, and Azure refuses it. */
  private static void containers(FileSection file) {
    file.node()
        .at("container_registry")
        .filter(n -> !n.isMap() || n.at("acr_account_sku").isEmpty())
        .ifPresent(RegistryFile::notOwn);
  }

  private static void notOwn(YamlNode node) {
    node.mistake(
        node.name() + ": Azure refuses a registry on storage or containers of one's own",
        "leave it out: Azure makes them");
  }

  private static ArrayNode regions(FileSection file, Optional<String> primary) {
    ArrayNode regions = JsonNodeFactory.instance.arrayNode();
    List<YamlNode> listed = file.node().list("replication_locations");
    listed.forEach(item -> item.asMap().map(file::at).ifPresent(r -> regions.add(region(r))));
    boolean missing =
        primary.isPresent() && listed.stream().noneMatch(r -> r.text("location").equals(primary));
    if (missing) {
      file.node()
          .mistakeAt(
              listed.isEmpty() ? "location" : "replication_locations",
              "replication_locations does not have the region of the registry",
              "add - location: " + primary.get());
    }
    return regions;
  }

  private static ObjectNode region(FileSection region) {
    region.node().allow("location", "storage_config");
    RequestBody details = new RequestBody(region).required("location", "location");
    ObjectNode containers = RequestBody.object();
    containers.putObject("systemCreatedAcrAccount").put("acrAccountSku", "Premium");
    details.set("acrDetails", JsonNodeFactory.instance.arrayNode().add(containers));
    return details.set("storageAccountDetails", storage(region)).json();
  }

  private static ArrayNode storage(FileSection region) {
    Optional<YamlNode> config = region.node().at("storage_config");
    config.filter(c -> !c.isMap()).ifPresent(RegistryFile::notOwn);
    Optional<FileSection> map = config.filter(YamlNode::isMap).map(region::at);
    map.ifPresent(
        m -> m.node().allow("storage_account_hns", "storage_account_type", "replication_count"));
    RequestBody account =
        new RequestBody(map.orElse(region))
            .put("storageAccountHnsEnabled", false)
            .put("storageAccountType", "standard_lrs")
            .flag("storage_account_hns", "storageAccountHnsEnabled")
            .choice("storage_account_type", "storageAccountType", STORAGE);
    ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
    long count = map.flatMap(m -> m.node().integer("replication_count")).orElse(1L);
    for (long i = 0; i < Math.max(1, Math.min(count, 10)); i++) {
      accounts.addObject().set("systemCreatedStorageAccount", account.json().deepCopy());
    }
    return accounts;
  }

  private RegistryFile() {}
}
