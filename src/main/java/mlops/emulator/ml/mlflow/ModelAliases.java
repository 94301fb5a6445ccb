package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.Models;

/** The aliases of MLflow's registered models, each of which points to a version. */
public final class ModelAliases {
  private static final String PATH = "registered-models/alias";

  private final Models models;

  public ModelAliases(Models models) {
    this.models = models;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(MlflowRoutes.registry("POST", PATH, "write", this::setAlias));
    routes.addAll(MlflowRoutes.registry("GET", PATH, "versions/read", this::byAlias));
    routes.addAll(MlflowRoutes.registry("DELETE", PATH, "write", this::deleteAlias));
    return routes;
  }

  private ObjectNode setAlias(Request request) {
    JsonNode body = request.json();
    ObjectNode model = RegisteredModels.find(models, request, body);
    String alias = MlflowRoutes.required(body, "alias");
    String version = MlflowRoutes.required(body, "version");
    ModelVersions.find(models, model, version);
    models.update(model, request.caller(), p -> MlflowModelView.setAlias(p, alias, version));
    return Json.object();
  }

  private ObjectNode byAlias(Request request) {
    JsonNode query = MlflowRoutes.query(request);
    ObjectNode model = RegisteredModels.find(models, request, query);
    String alias = MlflowRoutes.required(query, "alias");
    String version = MlflowModelView.aliases(model).get(alias);
    if (version == null) {
      throw MlflowRoutes.invalid("Registered model alias %s not found.".formatted(alias));
    }
    return Json.object()
        .set(
            "model_version",
            MlflowModelView.version(model, ModelVersions.find(models, model, version)));
  }

  private ObjectNode deleteAlias(Request request) {
    JsonNode body = RegisteredModels.body(request);
    String alias = MlflowRoutes.required(body, "alias");
    models.update(
        RegisteredModels.find(models, request, body),
        request.caller(),
        p -> MlflowModelView.removeAlias(p, alias));
    return Json.object();
  }
}
