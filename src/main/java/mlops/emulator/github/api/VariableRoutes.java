package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.github.environment.StoredValue;
import mlops.emulator.github.environment.StoredValues;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Variables of environments and of repositories. */
final class VariableRoutes {
  private static final String ALL = "/variables";
  private static final String ONE = ALL + "/{name}";
  private static final Set<String> KEYS = Set.of("name", "value");

  private final StoredValues variables;
  private final ValueOwners owners;

  VariableRoutes(StoredValues variables, ValueOwners owners) {
    this.variables = variables;
    this.owners = owners;
  }

  void addTo(GitHubRoutes routes) {
    for (ValueOwners.Kind kind : ValueOwners.Kind.values()) {
      GitHubRight read = kind.readVariables;
      GitHubRight write = kind.writeVariables;
      owners.add(routes, kind, "GET", ALL, read, this::list);
      owners.add(routes, kind, "POST", ALL, write, this::create);
      owners.add(routes, kind, "GET", ONE, read, (r, owner) -> answer(find(r, owner)));
      owners.add(routes, kind, "PATCH", ONE, write, this::update);
      owners.add(routes, kind, "DELETE", ONE, write, this::delete);
    }
  }

  private Response list(Request request, String owner) {
    return Page.of(
        request, "variables", variables.all(owner).stream().map(VariableRoutes::document).toList());
  }

  private Response create(Request request, String owner) {
    ObjectNode body = Bodies.of(request, KEYS);
    String name = ValueNames.require("Variable", body.path("name").asText());
    if (!body.path("value").isTextual()) {
      throw GitHubErrors.unprocessable("Invalid request.\n\n\"value\" wasn't supplied.");
    }
    if (variables.find(owner, name).isPresent()) {
      throw new ApiException(409, "Conflict", "Already exists - Variable already exists");
    }
    variables.put(owner, name, body.path("value").asText());
    return Response.json(201, Json.object());
  }

  /** Another name is another variable: the old one goes. */
  private Response update(Request request, String owner) {
    ObjectNode body = Bodies.of(request, KEYS);
    StoredValue old = find(request, owner);
    String name = ValueNames.require("Variable", body.path("name").asText(old.name()));
    variables.put(owner, name, body.path("value").asText(old.value()));
    if (!name.equalsIgnoreCase(old.name())) {
      variables.delete(owner, old.name());
    }
    return Response.empty(204);
  }

  private Response delete(Request request, String owner) {
    variables.delete(owner, find(request, owner).name());
    return Response.empty(204);
  }

  private StoredValue find(Request request, String owner) {
    return variables.find(owner, request.parameter("name")).orElseThrow(GitHubErrors::notFound);
  }

  private static Response answer(StoredValue variable) {
    return Response.json(200, document(variable));
  }

  private static ObjectNode document(StoredValue variable) {
    return Json.object()
        .put("name", variable.name())
        .put("value", variable.value())
        .put("created_at", variable.createdAt())
        .put("updated_at", variable.updatedAt());
  }
}
