package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.Experiments;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlPaths;

/** MLflow's search among the runs of experiments. */
public final class MlflowRunSearch {
  private final RunDocuments runs;

  public MlflowRunSearch(RunDocuments runs) {
    this.runs = runs;
  }

  public List<Route> routes() {
    return List.of(MlflowRoutes.search("runs/search", this::search));
  }

  private ObjectNode search(Request request) {
    JsonNode body = request.json();
    String workspace = MlPaths.workspaceId(request);
    Set<String> wanted = new HashSet<>();
    body.path("experiment_ids").forEach(e -> wanted.add(e.asText()));
    String view = body.path("run_view_type").asText("ACTIVE_ONLY");
    MlflowFilter filter = MlflowFilter.of(body.path("filter").asText());
    List<ObjectNode> found =
        runs.all(workspace).stream()
            .filter(
                r -> wanted.contains(Experiments.id(workspace, r.path("experimentName").asText())))
            .filter(r -> MlflowExperiments.shows(view, RunDocuments.isArchived(r)))
            .filter(r -> filter.accepts((kind, key) -> MlflowView.value(workspace, r, kind, key)))
            .sorted(order(workspace, body.path("order_by")))
            .map(r -> MlflowView.run(workspace, r))
            .toList();
    return MlflowRoutes.page(body, "runs", found, 1000);
  }

  /** By the terms of {@code order_by}, then the newest first. */
  private static Comparator<ObjectNode> order(String workspace, JsonNode terms) {
    Comparator<ObjectNode> age = Comparator.comparing(r -> r.path("createdUtc").asText());
    Comparator<ObjectNode> order = age.reversed();
    for (int i = terms.size() - 1; i >= 0; i--) {
      order = by(workspace, terms.path(i).asText()).thenComparing(order);
    }
    return order;
  }

  private static Comparator<ObjectNode> by(String workspace, String term) {
    String[] words = term.strip().split("\\s+");
    String[] parts = words[0].split("\\.", 2);
    String kind = MlflowFilter.kind(parts.length > 1 ? parts[0] : null);
    String key = parts[parts.length - 1].replaceAll("[`\"]", "");
    Comparator<ObjectNode> by =
        (a, b) ->
            MlflowFilter.compare(
                MlflowView.value(workspace, a, kind, key),
                MlflowView.value(workspace, b, kind, key));
    return words.length > 1 && words[1].equalsIgnoreCase("DESC") ? by.reversed() : by;
  }
}
