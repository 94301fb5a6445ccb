package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mlops.Shared;
import mlops.error.MlopsException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each field that Azure's own reader knows is known here: it changes what is asked for, or is
 * refused as not built, but is neither passed over nor taken for a slip of the pen.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryFieldTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a text may stand for: a word, a folder, an asset, a thing without versions, a number. */
  private static final List<String> TEXTS = List.of("x", "f", "azureml:x:1", "azureml:x", "1");

  /** What is asked for anyway, and another word for the same. */
  private static final Set<String> DEFAULTS =
      Set.of(
          "type=command",
          "type=pipeline",
          "type=custom_model",
          "is_deterministic=true",
          "path=x",
          "path=f",
          "jobs.a.type=command",
          "identity.type=managed_identity",
          "jobs.a.identity.type=managed_identity");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "commandJob       | {type: command, command: echo, environment: 'azureml:e:1'}",
        "pipelineJob      | {type: pipeline, settings: {default_compute: 'azureml:c'}, jobs: {a: {command: echo, environment: 'azureml:e:1'}}}",
        "commandComponent | {type: command, name: c, command: echo, environment: 'azureml:e:1'}",
        "environment      | {name: e, image: i}",
        "data             | {name: d, path: f}",
        "model            | {name: m, path: x}",
        "pipelineComponent| {type: pipeline, name: c, jobs: {a: {command: echo, environment: 'azureml:e:1'}}}"
      })
  void is_built_or_refused_by_name(String kind, String least) throws IOException {
    Files.writeString(folder.resolve("x"), "a file");
    Files.createDirectories(folder.resolve("f"));
    Files.writeString(folder.resolve("f/x"), "a file");
    JsonNode schema =
        JSON.readTree(Shared.path("yaml-fields/" + kind + ".json").toFile()).path("schema");
    ObjectNode base = (ObjectNode) new YAMLMapper().readTree(least);
    Set<String> wrong = new TreeSet<>();
    List<Example> examples = examples(schema);
    for (Example example : examples) {
      try {
        String asked = asked(kind, merged(base, example.with()));
        if (!example.with().equals(example.without())
            && !DEFAULTS.contains(example.what())
            && asked.equals(asked(kind, merged(base, example.without())))) {
          wrong.add("passed over: " + example.what());
        }
      } catch (MlopsException e) {
        e.message()
            .lines()
            .filter(line -> line.contains("unknown key"))
            .filter(line -> !line.contains("in inputs.a: valid here: type, optional"))
            .forEach(line -> wrong.add(line.replaceFirst(".*unknown", "unknown")));
      }
    }
    assertTrue(examples.size() > 5, kind);
    assertEquals("", String.join("\n", wrong));
  }

  private static ObjectNode merged(ObjectNode base, ObjectNode more) {
    ObjectNode all = base.deepCopy();
    more.properties()
        .forEach(
            field -> {
              if (all.path(field.getKey()) instanceof ObjectNode there
                  && field.getValue() instanceof ObjectNode its) {
                all.set(field.getKey(), merged(there, its));
              } else {
                all.set(field.getKey(), field.getValue());
              }
            });
    return all;
  }

  /** All that a file asks of a workspace, as text. */
  private String asked(String kind, ObjectNode content) throws IOException {
    Path file = Files.writeString(folder.resolve("file.yml"), content.toPrettyString());
    FixedWorkspace workspace = new FixedWorkspace("ws");
    AssetRequests translation =
        switch (kind) {
          case "commandJob", "pipelineJob" ->
              JobFile.read(file, FieldOverrides.none()).translate(workspace);
          case "commandComponent", "pipelineComponent" ->
              AssetFile.read(AssetFileType.COMPONENT, file, FieldOverrides.none())
                  .translate(workspace);
          default ->
              AssetFile.read(
                      AssetFileType.valueOf(kind.toUpperCase(Locale.ROOT)),
                      file,
                      FieldOverrides.none())
                  .translate(workspace);
        };
    StringBuilder text = new StringBuilder();
    translation.uploads().forEach(u -> text.append(u.datastore()).append(u.path()).append('\n'));
    translation.resources().forEach(r -> text.append(r.path()).append(r.body()).append('\n'));
    return text.toString();
  }

  /** A file's part with a field and the same part without it. */
  private record Example(String what, ObjectNode with, ObjectNode without) {}

  /** Parts that together have each field of a schema that may be written. */
  private static List<Example> examples(JsonNode schema) {
    ObjectNode start = JsonNodeFactory.instance.objectNode();
    JsonNode type = schema.at("/fields/type/allowed_values/0");
    if (!type.isMissingNode()) {
      start.set("type", type);
    }
    List<Example> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : schema.path("fields").properties()) {
      if (!field.getValue().path("dump_only").asBoolean()) {
        all.addAll(examples(start, field.getKey(), field.getValue()));
      }
    }
    return all;
  }

  private static List<Example> examples(ObjectNode start, String key, JsonNode field) {
    List<Example> all = new ArrayList<>();
    for (JsonNode value : values(field)) {
      all.add(new Example(key + "=" + value.asText(), start.deepCopy().set(key, value), start));
    }
    for (Example deeper : deeper(field)) {
      all.add(
          new Example(
              key + "." + deeper.what(),
              start.deepCopy().set(key, deeper.with()),
              start.deepCopy().set(key, deeper.without())));
    }
    return all;
  }

  private static List<Example> deeper(JsonNode field) {
    List<Example> all = new ArrayList<>();
    switch (field.path("field").asText()) {
      case "NestedField" -> all.addAll(examples(field.path("schema")));
      case "UnionField" -> field.path("anyOf").forEach(one -> all.addAll(deeper(one)));
      case "TypeSensitiveUnionField" ->
          field
              .path("anyOf")
              .forEach(
                  one -> {
                    if (one.at("/schema/name").asText().equals("CommandSchema")) {
                      all.addAll(deeper(one));
                    }
                  });
      case "Dict" ->
          all.addAll(examples(JsonNodeFactory.instance.objectNode(), "a", field.path("values")));
      default -> {}
    }
    return all;
  }

  private static List<JsonNode> values(JsonNode field) {
    List<JsonNode> all = new ArrayList<>();
    switch (field.path("field").asText()) {
      case "NestedField", "TypeSensitiveUnionField", "Dict" -> {}
      case "UnionField" -> field.path("anyOf").forEach(one -> all.addAll(values(one)));
      case "Integer" -> all.add(IntNode.valueOf(1));
      case "Boolean" -> all.add(BooleanNode.TRUE);
      case "List" ->
          values(field.path("items"))
              .forEach(v -> all.add(JsonNodeFactory.instance.arrayNode().add(v)));
      default -> {
        field.path("allowed_values").forEach(all::add);
        for (String text : all.isEmpty() ? TEXTS : List.<String>of()) {
          all.add(TextNode.valueOf(text));
        }
      }
    }
    return all;
  }
}
