package mlops.emulator.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;

/**
 * Names that somebody else's storage account or key vault has, in another subscription. What has
 * such a name here already keeps it.
 */
public final class TakenNames implements Router.RequestFilter {
  private static final Pattern RESOURCE =
      Pattern.compile(
          "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/(Microsoft\\.Storage/storageAccounts|Microsoft\\.KeyVault/vaults)/([^/]+)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern QUESTION =
      Pattern.compile(
          "/subscriptions/[^/]+/providers/(Microsoft\\.Storage|Microsoft\\.KeyVault)/checkNameAvailability",
          Pattern.CASE_INSENSITIVE);

  private final Set<String> names;

  /**
   * @param names of accounts or vaults; their case does not count
   */
  public TakenNames(Set<String> names) {
    this.names =
        names.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Response pass(Request request, Router services) {
    if (request.host().equals(Route.ARM)) {
      Matcher resource = RESOURCE.matcher(request.armPath());
      if (request.method().equals("PUT") && resource.matches() && isTaken(resource.group(2))) {
        return ServiceReads.isMissing(request, services)
            ? services.refuse(request, refusal(resource.group(1), resource.group(2)))
            : services.handle(request);
      }
      if (request.method().equals("POST") && QUESTION.matcher(request.armPath()).matches()) {
        return answered(request, services.handle(request));
      }
    }
    return services.handle(request);
  }

  private boolean isTaken(String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static ApiException refusal(String type, String name) {
    return type.toLowerCase(Locale.ROOT).startsWith("microsoft.storage")
        ? new ApiException(409, "StorageAccountAlreadyTaken", account(name))
        : new ApiException(
            409,
            "VaultAlreadyExists",
            "The vault name '%s' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740."
                .formatted(name));
  }

  private static String account(String name) {
    return "The storage account named %s is already taken.".formatted(name);
  }

  private Response answered(Request request, Response response) {
    String name = request.json().path("name").asText();
    if (response.status() != 200 || !isTaken(name)) {
      return response;
    }
    ObjectNode answer = ServiceReads.json(response);
    if (answer.path("nameAvailable").asBoolean()) {
      answer.put("nameAvailable", false).put("reason", "AlreadyExists");
      boolean vault = request.armPath().toLowerCase(Locale.ROOT).contains("keyvault");
      answer.put(
          "message",
          vault ? "The vault name '%s' is already in use.".formatted(name) : account(name));
    }
    return ServiceReads.with(response, 200, answer);
  }
}
