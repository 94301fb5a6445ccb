package mlops.assets.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.assets.field.CodeField;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.file.EnvironmentFile;
import mlops.assets.io.PythonText;
import mlops.yaml.YamlNode;

/** A program that runs on Apache Spark. */
public final class SparkFields {
  public static final List<String> FIELDS =
      FieldNames.of("code entry py_files jars files archives conf environment args");
  private static final String INSTANCES = "spark.executor.instances";
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final String LEAST = "spark.dynamicAllocation.minExecutors";

  private static final EnumMapping MACHINES =
      EnumMapping.same(
          "standard_e4s_v3",
          "standard_e8s_v3",
          "standard_e16s_v3",
          "standard_e32s_v3",
          "standard_e64s_v3");

  /** As component specs have it, such that a job of a pipeline becomes. */
  public static void inline(FileSection source, RequestBody spec) {
    spec(source, spec);
    if (spec.json().get("conf") instanceof ObjectNode conf) {
      withInstances(conf);
    }
  }

  /** As component specs have it. */
  public static void spec(FileSection source, RequestBody spec) {
    YamlNode node = source.node();
    node.required("entry");
    spec.with("code", "code", code -> CodeField.id(source, code).map(ReferenceFields::prefixed))
        .with(
            "environment",
            "environment",
            e -> EnvironmentFile.id(source, e).map(ReferenceFields::prefixed))
        .text("args", "args");
    entry(source).ifPresent(entry -> spec.set("entry", entry));
    lists(spec, false);
    node.map("conf").map(YamlNode::json).ifPresent(conf -> spec.set("conf", conf));
  }

  /** As jobs of a pipeline have it: their own fields before those of the component. */
  public static void node(FileSection source, ObjectNode component, RequestBody node) {
    ObjectNode conf = RequestBody.object();
    component.path("conf").properties().forEach(c -> conf.set(c.getKey(), c.getValue()));
    for (String field : List.of("args", "py_files", "jars", "files", "archives")) {
      Optional.ofNullable(component.get(field)).ifPresent(value -> node.set(field, value));
    }
    JsonNode own = source.node().map("conf").map(YamlNode::json).orElseGet(RequestBody::object);
    own.properties().forEach(c -> conf.set(c.getKey(), c.getValue()));
    node.text("args", "args");
    lists(node, false);
    node.set("conf", withInstances(conf));
    entry(source)
        .or(() -> Optional.ofNullable((ObjectNode) component.get("entry")))
        .map(ObjectNode::deepCopy)
        .ifPresent(
            entry -> node.set("entry", entry.put("spark_job_entry_type", "SparkJobPythonEntry")));
  }

  /** As stand-alone jobs have it: every setting is a text. */
  public static void job(FileSection source, RequestBody job) {
    source.node().required("entry");
    entry(source)
        .ifPresent(
            entry -> job.set("entry", entry.put("sparkJobEntryType", "SparkJobPythonEntry")));
    job.with("code", "codeId", code -> CodeField.id(source, code))
        .with("environment", "environmentId", e -> EnvironmentFile.id(source, e))
        .text("args", "args");
    lists(job, true);
    ObjectNode conf = RequestBody.object();
    source
        .node()
        .map("conf")
        .ifPresent(
            map ->
                map.entries()
                    .forEach(
                        (key, value) ->
                            PythonText.of(value).ifPresent(text -> conf.put(key, text))));
    job.set("conf", withInstances(conf));
  }

  /** What machines a stand-alone job asks for, where it names no pool. */
  public static ObjectNode jobResources(FileSection resources) {
    nodeResources(resources);
    return new RequestBody(resources)
        .text("instance_type", "instanceType")
        .text("runtime_version", "runtimeVersion")
        .json();
  }

  /** The same of a job of a pipeline. */
  public static ObjectNode nodeResources(FileSection resources) {
    resources.node().allow("instance_type", "runtime_version");
    resources.node().at("instance_type").ifPresent(MACHINES::of);
    return new RequestBody(resources)
        .text("instance_type", "instance_type")
        .text("runtime_version", "runtime_version")
        .json();
  }

  /** The same of a job of a pipeline that has a component: machines in lower-case letters. */
  public static ObjectNode componentResources(FileSection resources) {
    ObjectNode json = nodeResources(resources);
    return json.put("instance_type", json.path("instance_type").asText().toLowerCase(Locale.ROOT));
  }

  /**
   * Whose rights it has where its file does not say: the user's, if it has no pool with an identity
   * of its own.
   */
  public static void identity(FileSection source, String field, RequestBody body) {
    if (!body.json().has("identity")) {
      boolean pool = source.node().at("compute").isPresent();
      body.set("identity", RequestBody.object().put(field, pool ? "Managed" : "UserIdentity"));
    }
  }

  private static ObjectNode withInstances(ObjectNode conf) {
    boolean dynamic = conf.path(DYNAMIC).asText().equalsIgnoreCase("true");
    if (dynamic && !conf.has(INSTANCES) && conf.has(LEAST)) {
      conf.set(INSTANCES, conf.get(LEAST));
    }
    return conf;
  }

  private static Optional<ObjectNode> entry(FileSection source) {
    return source
        .in("entry")
        .map(
            entry -> {
              entry.node().allow("file", "class_name");
              if (entry.node().at("class_name").isPresent()) {
                String what = "%s.class_name: Azure runs no classes".formatted(entry.node().name());
                entry.node().mistakeAt("class_name", what, "name a Python file: file: main.py");
              } else {
                entry.node().required("file");
              }
              return new RequestBody(entry).text("file", "file").json();
            });
  }

  private static void lists(RequestBody body, boolean job) {
    body.list("py_files", job ? "pyFiles" : "py_files")
        .list("jars", "jars")
        .list("files", "files")
        .list("archives", "archives");
  }

  private SparkFields() {}
}
