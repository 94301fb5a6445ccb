package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.run.record.JobFields;

/** What the run of a child says of the job that it is, for whoever asks for it as a job. */
final class ChildView {

  /**
   * Puts the properties of the job into the document of its run.
   *
   * @param spec what it runs: its component, or itself
   * @param type {@code command} or {@code pipeline}
   */
  static void show(ObjectNode run, JsonNode node, JsonNode spec, String type) {
    ObjectNode job = run.putObject("job");
    job.put("jobType", type.equals("pipeline") ? "Pipeline" : "Command");
    JobFields.optional(node, "componentId").ifPresent(id -> job.put("componentId", id));
    if (type.equals("command")) {
      job.put("command", JobFields.text(spec, "command"));
      JobFields.optional(spec, "environment", "environmentId")
          .ifPresent(id -> job.put("environmentId", id.replaceFirst("^azureml:(?=/)", "")));
    }
  }

  private ChildView() {}
}
