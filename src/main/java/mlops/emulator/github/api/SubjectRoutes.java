package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.github.oidc.SubjectTemplates;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** How the subjects of a repository's tokens are built: read and chosen. */
final class SubjectRoutes {
  private static final String PATH = "/actions/oidc/customization/sub";
  private static final Set<String> KEYS =
      Set.of("use_default", "include_claim_keys", "use_immutable_subject");

  private final SubjectTemplates templates;

  SubjectRoutes(SubjectTemplates templates) {
    this.templates = templates;
  }

  void addTo(GitHubRoutes routes) {
    routes.add(
        "GET",
        PATH,
        GitHubRight.READ_ACTIONS,
        call -> Response.json(200, templates.of(call.repository())));
    routes.add("PUT", PATH, GitHubRight.CUSTOMIZE_SUBJECT, this::choose);
  }

  private Response choose(GitHubRoutes.Call call) {
    ObjectNode body = Bodies.of(call.request(), KEYS);
    JsonNode useDefault = body.path("use_default");
    JsonNode immutable = body.path("use_immutable_subject");
    if (!useDefault.isBoolean() || !(immutable.isMissingNode() || immutable.isBoolean())) {
      throw GitHubErrors.unprocessable("Invalid request.\n\n\"use_default\" must be a boolean.");
    }
    JsonNode keys =
        useDefault.asBoolean() ? MissingNode.getInstance() : body.path("include_claim_keys");
    if (!useDefault.asBoolean()) {
      requireNames(keys);
    }
    templates.choose(call.repository(), keys, immutable);
    return Response.json(201, Json.object());
  }

  private static void requireNames(JsonNode keys) {
    boolean names = keys.isArray() && !keys.isEmpty();
    for (JsonNode key : keys) {
      names &= key.asText().matches("[A-Za-z0-9_]+");
    }
    if (!names) {
      throw GitHubErrors.unprocessable(
          "Invalid request.\n\nEach claim key can only contain alphanumeric characters and underscores.");
    }
  }
}
