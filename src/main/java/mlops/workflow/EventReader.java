package mlops.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.workflow.WorkflowEvent.DispatchInput;
import mlops.yaml.YamlNode;

/** Reads {@code on}: a name, names, or names with filters. */
final class EventReader {
  private static final String INPUTS = "inputs";
  private static final String SCHEDULE = "schedule";
  private static final List<String> OF_BRANCHES =
      List.of("types", "branches", "branches-ignore", "paths", "paths-ignore");

  /** The events that are understood, each with the keys that it may have. */
  private static final Map<String, List<String>> KEYS = keys();

  private static Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    List<String> push = new ArrayList<>(OF_BRANCHES);
    push.set(0, "tags");
    push.add("tags-ignore");
    keys.put("push", push);
    keys.put("pull_request", OF_BRANCHES);
    keys.put("pull_request_target", OF_BRANCHES);
    keys.put("workflow_dispatch", List.of(INPUTS));
    keys.put("workflow_call", List.of());
    keys.put("workflow_run", List.of("types", "branches", "branches-ignore", "workflows"));
    keys.put("repository_dispatch", List.of("types"));
    keys.put("release", List.of("types"));
    keys.put("deployment", List.of());
    keys.put("merge_group", List.of("types", "branches"));
    keys.put(SCHEDULE, List.of());
    return keys;
  }

  static List<WorkflowEvent> read(YamlNode on) {
    List<WorkflowEvent> events = new ArrayList<>();
    if (on.isMap()) {
      on.allow(KEYS.keySet());
      on.entries().forEach((name, value) -> events.add(event(name, value)));
      return events;
    }
    for (YamlNode name : on.isList() ? on.items() : List.of(on)) {
      name.oneOf(KEYS.keySet())
          .ifPresent(n -> events.add(new WorkflowEvent(name.place(), n, Map.of(), Map.of())));
    }
    return events;
  }

  private static WorkflowEvent event(String name, YamlNode value) {
    if (name.equals(SCHEDULE)) {
      return new WorkflowEvent(value.place(), name, Map.of("cron", crons(value)), Map.of());
    }
    YamlNode map = value.isNull() ? value.nothing() : value.asMap().orElse(value.nothing());
    List<String> keys = KEYS.getOrDefault(name, List.of());
    map.allow(keys);
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (String key : keys) {
      if (!key.equals(INPUTS)) {
        map.at(key).ifPresent(filter -> filters.put(key, Words.of(filter)));
      }
    }
    return new WorkflowEvent(value.place(), name, filters, inputs(map));
  }

  private static List<String> crons(YamlNode value) {
    List<String> crons = new ArrayList<>();
    for (YamlNode entry : value.asList().map(YamlNode::items).orElse(List.of())) {
      entry.allow("cron", "timezone");
      entry.required("cron").flatMap(YamlNode::asText).ifPresent(crons::add);
    }
    return crons;
  }

  private static Map<String, DispatchInput> inputs(YamlNode map) {
    Map<String, DispatchInput> inputs = new LinkedHashMap<>();
    map.map(INPUTS)
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        (name, value) ->
                            inputs.put(name, input(value.isNull() ? value.nothing() : value))));
    return inputs;
  }

  private static DispatchInput input(YamlNode input) {
    input.allow("description", "type", "required", "default", "options");
    Set<String> types = Set.of("string", "boolean", "number", "choice", "environment");
    return new DispatchInput(
        input.at("type").flatMap(t -> t.oneOf(types)).orElse("string"),
        input.flag("required").orElse(false),
        input.text("default").orElse(""),
        input.at("options").map(Words::of).orElse(List.of()));
  }

  private EventReader() {}
}
