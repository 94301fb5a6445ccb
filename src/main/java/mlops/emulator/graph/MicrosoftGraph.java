package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.ClientSecrets;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.DirectoryLinks;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.state.StateTree;

/**
 * Microsoft Graph, v1.0 and beta: users, groups, applications, service principals and their
 * credentials.
 *
 * <p>Whoever is signed in may read. Users may write; an application may only where its service
 * principal has the tag {@link #ADMINISTRATOR}, which stands for a directory role.
 */
public final class MicrosoftGraph {
  public static final String HOST = "graph.microsoft.com";

  /** The tag of a service principal that may change the directory. */
  public static final String ADMINISTRATOR = "DirectoryAdministrator";

  /** What is asked by POST and changes nothing. */
  private static final Pattern READING =
      Pattern.compile("/(getByIds|(get|check)Member(Groups|Objects))$");

  private static final List<String> VERSIONS = List.of("/v1.0", "/beta");

  private final Directory directory;
  private final List<Route> routes = new ArrayList<>();

  public MicrosoftGraph(StateTree state, Directory directory, String tenant, Clock clock) {
    this.directory = directory;
    ClientSecrets secrets = new ClientSecrets(state, clock);
    DeletedItems deleted = new DeletedItems(state, directory, clock);
    Principals all = new Principals(directory);
    LinkedObjects owners = LinkedObjects.owners(state, all);
    ServicePrincipals principals =
        new ServicePrincipals(state, directory, owners, deleted, tenant, clock);
    Applications applications = new Applications(state, principals, owners, deleted, clock);
    Groups groups = new Groups(state, directory, LinkedObjects.members(state, all), owners, clock);
    MemberGroups memberships = new MemberGroups(DirectoryLinks.members(state), all);
    Users users = new Users(directory);
    FederatedCredentials federated = new FederatedCredentials(state, applications, clock);
    PasswordCredentials passwords =
        new PasswordCredentials(state, secrets, applications, principals, clock);
    DirectoryObjects objects = new DirectoryObjects(all, applications);
    for (String version : VERSIONS) {
      Routes in = (method, path, handler) -> add(method, version + path, handler);
      users.addTo(in);
      applications.addTo(in);
      federated.addTo(in);
      passwords.addTo(in);
      principals.addTo(in);
      deleted.addTo(in);
      objects.addTo(in);
      groups.addTo(in);
      memberships.addTo(in);
    }
  }

  /** Takes routes of one version. */
  interface Routes {
    void add(String method, String path, Function<Request, Response> handler);
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  private void add(String method, String path, Function<Request, Response> handler) {
    boolean reads = method.equals("GET") || READING.matcher(path).find();
    routes.add(
        Route.of(
            method,
            HOST,
            path,
            Permission.signedIn(Audiences.GRAPH),
            request -> {
              if (!reads) {
                requireWriter(request.caller());
              }
              return handler.apply(request);
            }));
  }

  private void requireWriter(Caller caller) {
    boolean allowed =
        caller.type().equals(Caller.USER)
            || directory
                .object(caller.objectId())
                .map(MicrosoftGraph::isAdministrator)
                .orElse(false);
    if (!allowed) {
      throw new ApiException(
          403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }
  }

  private static boolean isAdministrator(ObjectNode principal) {
    for (JsonNode tag : principal.path("tags")) {
      if (tag.asText().equals(ADMINISTRATOR)) {
        return true;
      }
    }
    return false;
  }

  static ApiException notFound(String id) {
    return ApiException.notFound(
        "Request_ResourceNotFound",
        "Resource '%s' does not exist or one of its queried reference-property objects are not present."
            .formatted(id));
  }

  static ApiException bad(String message) {
    return ApiException.badRequest("Request_BadRequest", message);
  }

  static ApiException conflict(String message) {
    return new ApiException(409, "Request_MultipleObjectsWithSameKeyValue", message);
  }
}
