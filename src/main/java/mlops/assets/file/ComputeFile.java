package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.IdentityField;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.yaml.YamlNode;

/** A compute cluster, or an attached pool of Spark: {@code az ml compute create --file}. */
public final class ComputeFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name type location description tags size tier min_instances "
              + "max_instances idle_time_before_scale_down ssh_public_access_enabled "
              + "ssh_settings network_settings identity enable_node_public_ip");

  private static final List<String> POOL_FIELDS =
      FieldNames.of("$schema name type location description tags resource_id identity");

  private static final String POOL = "synapsespark";
  private static final EnumMapping TYPE = EnumMapping.same("amlcompute", POOL);
  private static final EnumMapping OTHER =
      EnumMapping.same("computeinstance", "virtualmachine", "kubernetes");
  private static final EnumMapping TIER =
      EnumMapping.of("dedicated", "Dedicated", "low_priority", "LowPriority");

  public static ResourceDraft draft(FileSection file) {
    if (UnsupportedField.refuses(file.node(), "type", OTHER)) {
      return ResourceDraft.named("computes", "", RequestBody.object());
    }
    Optional<String> type =
        file.node().required("type").flatMap(t -> UnsupportedField.check(t, OTHER, TYPE));
    RequestBody properties = type.filter(POOL::equals).isPresent() ? pool(file) : cluster(file);
    return ResourceDraft.named("computes", file.name(AssetNames.COMPUTE), body(file, properties));
  }

  private static ObjectNode body(FileSection file, RequestBody properties) {
    RequestBody body = new RequestBody(file).set("properties", properties.json());
    file.node()
        .text("location")
        .ifPresentOrElse(
            location -> body.put("location", location),
            () -> body.reference("location", new UnresolvedReference.Location()));
    file.in("identity").ifPresent(i -> body.set("identity", IdentityField.resource(i)));
    return body.textsIfAny("tags", "tags").json();
  }

  private static RequestBody pool(FileSection file) {
    file.node().allow(POOL_FIELDS);
    return new RequestBody(file)
        .put("computeType", "SynapseSpark")
        .text("description", "description")
        .required("resource_id", "resourceId");
  }

  private static RequestBody cluster(FileSection file) {
    file.node().allow(FIELDS);
    return new RequestBody(file)
        .put("computeType", "AmlCompute")
        .text("description", "description")
        .put("disableLocalAuth", file.in("ssh_settings").isEmpty())
        .set("properties", nodes(file));
  }

  private static ObjectNode nodes(FileSection file) {
    ObjectNode scale =
        new RequestBody(file)
            .put("maxNodeCount", 4L)
            .put("minNodeCount", 0L)
            .put("nodeIdleTimeBeforeScaleDown", "PT2M")
            .integer("max_instances", "maxNodeCount", 0)
            .integer("min_instances", "minNodeCount", 0)
            .seconds("idle_time_before_scale_down", "nodeIdleTimeBeforeScaleDown", 0)
            .json();
    if (scale.path("nodeIdleTimeBeforeScaleDown").asText().equals("PT0S")) {
      scale.remove("nodeIdleTimeBeforeScaleDown"); // Azure's own time, as its client asks for it
    }
    if (scale.path("minNodeCount").asLong() > scale.path("maxNodeCount").asLong()) {
      file.node().mistakeAt("min_instances", "min_instances is greater than max_instances", "");
    }
    RequestBody cluster =
        new RequestBody(file)
            .put("osType", "Linux")
            .text("size", "vmSize", "STANDARD_DS3_V2")
            .choice("tier", "vmPriority", TIER)
            .set("scaleSettings", scale)
            .put("remoteLoginPortPublicAccess", remoteLogin(file.node()))
            .put("enableNodePublicIp", true)
            .flag("enable_node_public_ip", "enableNodePublicIp");
    file.in("ssh_settings")
        .ifPresent(ssh -> cluster.set("userAccountCredentials", credentials(ssh)));
    file.in("network_settings").ifPresent(network -> network(network, cluster));
    return cluster.json();
  }

  private static String remoteLogin(YamlNode file) {
    Optional<Boolean> open = file.flag("ssh_public_access_enabled");
    return open.map(o -> o ? "Enabled" : "Disabled").orElse("NotSpecified");
  }

  private static ObjectNode credentials(FileSection ssh) {
    ssh.node().allow("admin_username", "admin_password", "ssh_key_value");
    return new RequestBody(ssh)
        .required("admin_username", "adminUserName")
        .text("admin_password", "adminUserPassword")
        .text("ssh_key_value", "adminUserSshPublicKey")
        .json();
  }

  private static void network(FileSection network, RequestBody cluster) {
    network.node().allow("vnet_name", "subnet");
    Optional<String> subnet = network.node().text("subnet");
    Optional<String> vnet = network.node().text("vnet_name");
    subnet.ifPresent(
        name -> {
          if (name.startsWith("/")) {
            cluster.set("subnet", RequestBody.object().put("id", name));
          } else if (vnet.isPresent()) {
            UnresolvedReference id = new UnresolvedReference.Subnet(vnet.get(), name);
            cluster.set("subnet", RequestBody.object().putPOJO("id", id));
          } else {
            network.node().required("vnet_name");
          }
        });
  }

  private ComputeFile() {}
}
