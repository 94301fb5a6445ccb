package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.error.MlopsException;
import mlops.plan.Change;

/**
 * A name that all of Azure shares. Who has it cannot be seen, so Azure is asked whether it can be
 * had before a plan promises it.
 *
 * @param type such as {@code Microsoft.KeyVault/vaults}
 * @param code that of Azure where it is taken
 * @param what the kind of resource in the user's words
 */
public record SharedName(Azure azure, String type, String apiVersion, String code, String what) {

  public static SharedName account(Azure azure) {
    return new SharedName(
        azure,
        "Microsoft.Storage/storageAccounts",
        DerivedIds.STORAGE_API,
        "StorageAccountAlreadyTaken",
        "storage account");
  }

  public static SharedName vault(Azure azure) {
    return new SharedName(
        azure,
        "Microsoft.KeyVault/vaults",
        DerivedIds.KEY_VAULT_API,
        "VaultAlreadyExists",
        "key vault");
  }

  /**
   * Looks for the one with this name, and where there is none, asks that it can be made. Where
   * Azure may not be asked, only the making tells.
   *
   * @param look what it finds; asked again where the name is taken, for another run may have made
   *     it meanwhile
   * @param missing why it has to be made, where it has
   * @throws MlopsException FAILED where somebody else has the name
   */
  Change check(String name, Supplier<Optional<Change>> look, String missing) {
    Optional<Change> found = look.get();
    if (found.isPresent()) {
      return found.get();
    }
    Optional<String> obstacle = toldObstacle(name);
    return obstacle.isEmpty()
        ? Change.create(missing)
        : look.get().orElseThrow(() -> taken(name, obstacle.get()));
  }

  private MlopsException taken(String name, String said) {
    return MlopsException.failed(
        code,
        "%s %s cannot be created: %s".formatted(what, name, said),
        "%s names are global, and somebody else has this one. Use another --suffix."
            .formatted(capital(what)));
  }

  /** The same where Azure may not be asked: then none is known. */
  private Optional<String> toldObstacle(String name) {
    try {
      return obstacle(name);
    } catch (HttpResponseException e) {
      if (Lookup.status(e) == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Why the name cannot be had, in Azure's words; empty where it can.
   *
   * @throws HttpResponseException where Azure does not say
   */
  public Optional<String> obstacle(String name) {
    String provider = type.substring(0, type.indexOf('/'));
    String path =
        "%s/providers/%s/checkNameAvailability".formatted(azure.subscriptionId(), provider);
    ObjectNode question = JsonNodeFactory.instance.objectNode().put("name", name).put("type", type);
    JsonNode answer = azure.arm().post(path, apiVersion, question);
    return answer.path("nameAvailable").asBoolean()
        ? Optional.empty()
        : Optional.of(answer.path("message").asText("it is taken"));
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
