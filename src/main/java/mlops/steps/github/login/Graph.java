package mlops.steps.github.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import mlops.azure.Azure;

/** Where Microsoft Graph has what a login is made of. */
public final class Graph {
  public static final String URL = "https://graph.microsoft.com/v1.0";

  /** The applications of this name: names are not unique. */
  public static List<JsonNode> applications(Azure azure, String name) {
    return azure.graph().list(URL + "/applications?$filter=displayName%20eq%20'" + name + "'");
  }

  /** The application with this client id, or nothing. */
  public static List<JsonNode> applicationsOf(Azure azure, String appId) {
    return azure.graph().list(URL + "/applications?$filter=appId%20eq%20'" + appId + "'");
  }

  /** The service principal of an application, or nothing. */
  public static List<JsonNode> principals(Azure azure, String appId) {
    return azure.graph().list(URL + "/servicePrincipals?$filter=appId%20eq%20'" + appId + "'");
  }

  /**
   * The URL of the federated credentials of an application.
   *
   * @param objectId not its client id
   */
  public static String credentials(String objectId) {
    return URL + "/applications/%s/federatedIdentityCredentials".formatted(objectId);
  }

  private Graph() {}
}
