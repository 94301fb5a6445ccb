package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.IdentityField;
import mlops.assets.field.QueueField;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourcesField;
import mlops.assets.field.ServicesField;
import mlops.assets.io.Ports;
import mlops.assets.task.DistributionField;
import mlops.assets.task.ParallelFields;
import mlops.assets.task.SparkFields;
import mlops.assets.task.SweepFields;

/** What the jobs of a pipeline say that depends on their kind. */
final class ChildFields {
  private static final List<String> COMMAND =
      FieldNames.of(
          "command code environment resources distribution limits identity services "
              + "queue_settings");

  /** The fields of a kind of job, but for those that all have. */
  static List<String> of(String kind) {
    return switch (kind) {
      case "parallel" -> join(ParallelFields.FIELDS, "identity");
      case "spark" -> join(SparkFields.FIELDS, "identity", "resources");
      case "sweep" -> join(SweepFields.FIELDS, "resources", "queue_settings");
      default -> COMMAND;
    };
  }

  private static List<String> join(List<String> fields, String... more) {
    return Stream.concat(fields.stream(), Stream.of(more)).toList();
  }

  /** Adds them to the job. */
  static void add(ChildJob job, RequestBody body) {
    FileSection source = job.source();
    switch (job.type()) {
      case "parallel" -> {
        ParallelFields.node(source, spec(job).orElse(ParallelFields.defaults()), body);
        identity(source, body);
      }
      case "spark" -> {
        SparkFields.node(source, spec(job).orElseGet(RequestBody::object), body);
        source
            .in("resources")
            .map(
                job.runs().isPresent()
                    ? SparkFields::componentResources
                    : SparkFields::nodeResources)
            .ifPresent(resources -> body.set("resources", resources));
        identity(source, body);
        SparkFields.identity(source, "identity_type", body);
      }
      case "sweep" -> {
        SweepFields.node(source, body);
        source.in("resources").ifPresent(r -> body.set("resources", ResourcesField.node(r)));
        source.in("queue_settings").ifPresent(QueueField::node); // finds what is wrong
        body.with("queue_settings", "queue_settings", n -> Optional.of(n.json()));
      }
      default -> command(job, body);
    }
  }

  /** Adds them to the component that a job becomes. */
  static void inline(ChildJob job, Ports ports, RequestBody spec) {
    switch (job.type()) {
      case "parallel" -> ParallelFields.spec(job.source(), spec);
      case "spark" -> SparkFields.inline(job.source(), spec);
      case "sweep" -> {} // has a trial, or a mistake says so
      default -> ComponentFile.commandFields(job.source(), ports, spec);
    }
  }

  private static void command(ChildJob job, RequestBody body) {
    FileSection source = job.source();
    spec(job)
        .map(spec -> spec.get("resources"))
        .ifPresent(resources -> body.set("resources", resources));
    source.in("resources").ifPresent(r -> body.set("resources", ResourcesField.node(r)));
    source.in("queue_settings").ifPresent(q -> body.set("queue_settings", QueueField.node(q)));
    source
        .in("distribution")
        .map(DistributionField::node)
        .or(
            () ->
                job.runs()
                    .flatMap(ComponentField::component)
                    .flatMap(ParsedComponent::distribution))
        .ifPresent(distribution -> body.set("distribution", distribution));
    source.in("limits").ifPresent(limits -> body.set("limits", limits(limits)));
    source.in("services").ifPresent(s -> body.set("services", ServicesField.node(s)));
    identity(source, body);
  }

  private static void identity(FileSection source, RequestBody body) {
    source.in("identity").ifPresent(i -> body.set("identity", IdentityField.node(i)));
  }

  private static Optional<ObjectNode> spec(ChildJob job) {
    return job.runs()
        .map(r -> r.component().map(ParsedComponent::spec).orElseGet(RequestBody::object));
  }

  private static JsonNode limits(FileSection limits) {
    limits.node().allow("timeout");
    return new RequestBody(limits)
        .put("job_limits_type", "Command")
        .seconds("timeout", "timeout", 1)
        .json();
  }

  private ChildFields() {}
}
