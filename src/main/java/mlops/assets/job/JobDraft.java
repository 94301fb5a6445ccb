package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.assets.field.AssetNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.io.InputFields;

/** A job as its file describes it, with what it has to offer to whoever submits it. */
public record JobDraft(ResourceDraft draft, JobSummary outline) {

  static JobDraft of(
      FileSection file, RequestBody properties, String type, InputFields in, PipelineJobs jobs) {
    String name = file.node().at("name").flatMap(AssetNames.ASSET::check).orElse("");
    Map<String, String> inputs = new LinkedHashMap<>();
    in.ports().forEach((input, port) -> inputs.put(input, port.type()));
    Map<String, String> registers = new LinkedHashMap<>();
    Set<String> outputs = new LinkedHashSet<>();
    properties
        .json()
        .path("outputs")
        .properties()
        .forEach(
            output -> {
              outputs.add(output.getKey());
              Optional.ofNullable(output.getValue().get("assetName"))
                  .ifPresent(asset -> registers.put(output.getKey(), asset.asText()));
            });
    List<String> names = jobs.json().properties().stream().map(Map.Entry::getKey).toList();
    JobSummary outline = new JobSummary(type, inputs, names, jobs.openInputs(), outputs, registers);
    ObjectNode body = RequestBody.object().set("properties", properties.json());
    return new JobDraft(ResourceDraft.named("jobs", name, body), outline);
  }
}
