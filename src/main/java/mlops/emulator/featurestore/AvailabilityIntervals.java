package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * Which stretches of event time of a feature set are materialised. A stretch names its job, whose
 * run says how it went: so nothing is to be mended after a process died.
 */
final class AvailabilityIntervals {
  private final MlResources resources;
  private final RunDocuments runs;

  AvailabilityIntervals(MlResources resources, RunDocuments runs) {
    this.resources = resources;
    this.runs = runs;
  }

  /** Those of a version of a feature set, as they are now, in their order. */
  List<AvailabilityInterval> of(String version) {
    List<AvailabilityInterval> all = new ArrayList<>();
    JsonNode kept =
        resources
            .read(document(version))
            .map(found -> found.path("intervals"))
            .orElse(Json.MAPPER.createArrayNode());
    for (JsonNode one : kept) {
      String job = one.path("job").asText();
      String status = one.path("status").asText();
      all.add(
          new AvailabilityInterval(
              Instant.parse(one.path("start").asText()),
              Instant.parse(one.path("end").asText()),
              status.equals(AvailabilityInterval.PENDING) ? now(version, job) : status,
              job));
    }
    return all;
  }

  /** How the job of a stretch goes; one that is gone has left nothing that can be relied on. */
  private String now(String version, String job) {
    String status =
        runs.find(MlPaths.workspaceOf(version), job)
            .map(run -> run.path("status").asText())
            .orElse("");
    return switch (status) {
      case "Completed" -> AvailabilityInterval.COMPLETE;
      case "Failed", "Canceled", "" -> AvailabilityInterval.INCOMPLETE;
      default -> AvailabilityInterval.PENDING;
    };
  }

  /** Keeps them; inside {@code exclusively}. */
  void keep(String version, List<AvailabilityInterval> all) {
    String id = document(version);
    ObjectNode document = Json.object().put("id", id).put("name", MlPaths.name(id));
    ArrayNode intervals = document.putArray("intervals");
    for (AvailabilityInterval one : all) {
      intervals
          .addObject()
          .put("start", one.start().toString())
          .put("end", one.end().toString())
          .put("status", one.status())
          .put("job", one.job());
    }
    resources.state().write(id, document);
  }

  private static String document(String version) {
    return version + "/materialization/intervals";
  }
}
