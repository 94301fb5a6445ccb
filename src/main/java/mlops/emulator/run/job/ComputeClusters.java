package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.state.StateTree;

/** The compute clusters that jobs run on: how wide they are and whose identity they have. */
public final class ComputeClusters {
  private final StateTree state;
  private final JobId job;

  public ComputeClusters(StateTree state, JobId job) {
    this.state = state;
    this.job = job;
  }

  /**
   * The ARM id of a compute that a job names by id or name; empty for none, which is serverless.
   *
   * @throws JobFailure where it does not exist
   */
  public String id(String reference) {
    String plain = reference.startsWith("azureml:") ? reference.substring(8) : reference;
    String name = plain.substring(plain.lastIndexOf('/') + 1);
    if (plain.isEmpty() || name.equalsIgnoreCase("serverless")) {
      return "";
    }
    String id = plain.startsWith("/") ? plain : job.workspace() + "/computes/" + plain;
    if (!state.exists(id)) {
      throw JobFailure.user(
          "Compute '%s' was not found in its workspace. Create it, or name another in the job."
              .formatted(name));
    }
    return id;
  }

  /** How many jobs the compute runs at the same time. */
  int width(String id) {
    JsonNode properties =
        state.read(id).map(d -> d.path("properties").path("properties")).orElse(null);
    int most =
        properties == null ? 0 : properties.path("scaleSettings").path("maxNodeCount").asInt();
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  /** The identity of the compute, else of whoever submitted the job. */
  public JobPrincipal actor(String id) {
    return identity(id).orElseGet(this::submitter);
  }

  /** The identity of a compute, where it has one. */
  public Optional<JobPrincipal> identity(String id) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    return state
        .read(id)
        .flatMap(this::identity)
        .map(i -> new JobPrincipal(i.objectId(), i.words() + " of compute '" + name + "'"));
  }

  /** Who a task is. */
  public JobPrincipal actor(CommandTask task) {
    return task.asUser() ? submitter() : actor(task.compute());
  }

  private Optional<JobPrincipal> identity(ObjectNode compute) {
    JsonNode identity = compute.path("identity");
    Iterator<Map.Entry<String, JsonNode>> assigned =
        identity.path("userAssignedIdentities").fields();
    if (assigned.hasNext()) {
      Map.Entry<String, JsonNode> first = assigned.next();
      String principal = first.getValue().path("principalId").asText();
      if (principal.isEmpty()) {
        principal =
            state
                .read(first.getKey())
                .map(d -> d.path("properties").path("principalId").asText())
                .orElse("");
      }
      String name = first.getKey().substring(first.getKey().lastIndexOf('/') + 1);
      return Optional.of(new JobPrincipal(principal, "the user-assigned identity '" + name + "'"));
    }
    String principal = identity.path("principalId").asText();
    return principal.isEmpty()
        ? Optional.empty()
        : Optional.of(new JobPrincipal(principal, "the system-assigned identity"));
  }

  private JobPrincipal submitter() {
    return JobPrincipal.submitter(state, job);
  }
}
