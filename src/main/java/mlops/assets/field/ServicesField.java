package mlops.assets.field;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.yaml.YamlNode;

/** The field {@code services}: programs beside a job that people work with while it runs. */
public final class ServicesField {
  private static final EnumMapping TYPE =
      EnumMapping.of(
          "ssh", "SSH",
          "jupyter_lab", "JupyterLab",
          "tensor_board", "TensorBoard",
          "vs_code", "VSCode");

  /** As stand-alone jobs have it. */
  public static ObjectNode job(FileSection services) {
    return services(services, "jobServiceType", "nodesValueType");
  }

  /** As jobs of a pipeline have it. */
  public static ObjectNode node(FileSection services) {
    return services(services, "job_service_type", "nodes_value_type");
  }

  private static ObjectNode services(FileSection services, String type, String nodes) {
    ObjectNode json = RequestBody.object();
    services
        .node()
        .entries()
        .forEach(
            (name, node) ->
                node.asMap().ifPresent(s -> json.set(name, service(services.at(s), type, nodes))));
    return json;
  }

  private static ObjectNode service(FileSection service, String type, String nodes) {
    YamlNode node = service.node();
    node.allow("type", "port", "nodes", "properties", "log_dir", "ssh_public_keys");
    node.required("type");
    ObjectNode properties =
        new RequestBody(service)
            .text("log_dir", "logDir")
            .text("ssh_public_keys", "sshPublicKeys")
            .json();
    node.map("properties").ifPresent(map -> properties.setAll(RequestBody.textsOf(map)));
    RequestBody body =
        new RequestBody(service).choice("type", type, TYPE).integer("port", "port", 1);
    if (!properties.isEmpty()) {
      body.set("properties", properties);
    }
    node.at("nodes")
        .flatMap(EnumMapping.of("all", "All")::of)
        .ifPresent(all -> body.set("nodes", RequestBody.object().put(nodes, all)));
    return body.json();
  }

  private ServicesField() {}
}
