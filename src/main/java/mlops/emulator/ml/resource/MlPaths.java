package mlops.emulator.ml.resource;

import java.util.List;
import mlops.emulator.http.Request;

/** The paths of a workspace: templates of routes, and the parts of ids. */
public final class MlPaths {
  public static final String TYPE = "Microsoft.MachineLearningServices/workspaces";

  /** What every RBAC action of a workspace starts with. */
  public static final String ACTION = TYPE + "/";

  public static final String BY_SUBSCRIPTION = "/subscriptions/{subscription}/providers/" + TYPE;
  public static final String COLLECTION =
      "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + TYPE;
  public static final String WORKSPACE = COLLECTION + "/{workspace}";

  /** What there is once for a subscription in a region. */
  public static final String LOCATION =
      "/subscriptions/{subscription}/providers/Microsoft.MachineLearningServices/locations/{location}";

  /** The host of the data plane of a region. */
  public static final String API_HOST = "{region}.api.azureml.ms";

  /** The id of the workspace that a request is about. */
  public static String workspaceId(Request request) {
    return "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
        .formatted(
            request.parameter("subscription"),
            request.parameter("group"),
            TYPE,
            request.parameter("workspace"));
  }

  /** The id of the workspace that a resource lies in. */
  public static String workspaceOf(String id) {
    return String.join("/", List.of(id.split("/")).subList(0, 9));
  }

  /** The last segment of an id. */
  public static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private MlPaths() {}
}
