package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.GlobalNames;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** Microsoft.Storage/storageAccounts. Their names are unique in all of the embedded Azure. */
public final class StorageAccounts {
  private static final TrackedType TYPE = new TrackedType("Microsoft.Storage/storageAccounts");

  /** How many a subscription may have in a region, unless Azure is asked for more. */
  private static final int LIMIT = 250;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]{3,24}");

  private final ArmResources resources;
  private final TrackedResources accounts;
  private final AccountKeys keys;
  private final GlobalNames names;

  public StorageAccounts(ArmResources resources) {
    this.resources = resources;
    this.accounts = new TrackedResources(resources, TYPE);
    this.keys = new AccountKeys(resources);
    this.names = names(resources.state());
  }

  /** The names of all accounts. */
  public static GlobalNames names(StateTree state) {
    return new GlobalNames(state, "storageaccounts");
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(accounts.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), this::update));
    routes.add(Route.arm("DELETE", TYPE.path(), TYPE.delete(), this::delete));
    routes.add(
        Route.arm("POST", TYPE.path() + "/listKeys", TYPE.action("listkeys"), this::listKeys));
    routes.add(
        Route.arm(
            "POST",
            TYPE.path() + "/regenerateKey",
            TYPE.action("regeneratekey"),
            this::regenerateKey));
    routes.add(
        Route.arm(
            "POST",
            "/subscriptions/{subscription}/providers/Microsoft.Storage/checkNameAvailability",
            "Microsoft.Storage/checknameavailability/read",
            this::checkNameAvailability));
    routes.add(
        Route.arm(
            "GET",
            "/subscriptions/{subscription}/providers/Microsoft.Storage/locations/{location}/usages",
            "Microsoft.Storage/locations/usages/read",
            this::usages));
    return routes;
  }

  private Response usages(Request request) {
    String location = request.parameter("location");
    long used =
        accounts.inSubscription(request.parameter("subscription")).stream()
            .filter(a -> a.path("location").asText().equalsIgnoreCase(location))
            .count();
    ObjectNode usage = Json.object().put("unit", "Count").put("currentValue", used);
    usage.put("limit", LIMIT).putObject("name").put("value", "StorageAccounts");
    usage.withObject("/name").put("localizedValue", "Storage Accounts");
    return ArmResources.page(List.of(usage));
  }

  /** The account of a name, wherever it lies. */
  public Optional<StorageAccount> find(String name) {
    return names.find(name).flatMap(resources.state()::read).map(StorageAccounts::account);
  }

  /** The two keys of an account, Base64 as clients get them; {@code key1} first. */
  public List<String> keys(StorageAccount account) {
    return keys.of(account.id());
  }

  private static StorageAccount account(ObjectNode document) {
    return new StorageAccount(
        document.path("id").asText(),
        document.path("name").asText(),
        document.path("location").asText(),
        document.path("kind").asText(),
        document.at("/sku/name").asText(),
        document.at("/properties/isHnsEnabled").asBoolean(),
        document.at("/properties/allowSharedKeyAccess").asBoolean(true),
        document.at("/properties/allowBlobPublicAccess").asBoolean(false));
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("name");
    requireName(name);
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              Optional<ObjectNode> existing = resources.state().read(request.id());
              ObjectNode account = accounts.requested(request, existing);
              for (String field : List.of("sku", "kind")) {
                existing
                    .filter(e -> !account.hasNonNull(field))
                    .ifPresent(e -> account.set(field, e.get(field)));
              }
              requireFields(account);
              existing.ifPresent(e -> merge(e, account));
              names.claim(name, request.id(), () -> taken(name));
              if (existing.isEmpty()) {
                StorageDefaults.fill(account, resources.clock().instant());
                keys.make(request.id());
              }
              StorageDefaults.derive(account);
              accounts.write(account);
              return Response.json(200, account);
            });
  }

  /**
   * Makes an account that another service keeps in a group of its own, where it is not there yet;
   * inside {@code exclusively}.
   *
   * @param sku such as {@code Standard_LRS}
   */
  public void make(String id, String location, String sku, boolean hierarchical) {
    if (resources.state().exists(id)) {
      return;
    }
    ObjectNode account = ArmResources.envelope(id, TYPE.name());
    account.put("location", location).put("kind", "StorageV2").putObject("tags");
    account.putObject("sku").put("name", sku);
    account.putObject("properties").put("isHnsEnabled", hierarchical);
    names.claim(account.path("name").asText(), id, () -> taken(account.path("name").asText()));
    StorageDefaults.fill(account, resources.clock().instant());
    keys.make(id);
    StorageDefaults.derive(account);
    accounts.write(account);
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "AccountNameInvalid",
          "%s is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only."
              .formatted(name));
    }
  }

  private static void requireFields(ObjectNode account) {
    String missing = account.at("/sku/name").asText().isEmpty() ? "sku" : "kind";
    if (missing.equals("sku") || account.path("kind").asText().isEmpty()) {
      throw ApiException.badRequest(
          "InvalidValuesForRequestParameters",
          "Values for request parameters are invalid: %s.".formatted(missing));
    }
  }

  /** What an update does not name stays; what can never change must not differ. */
  private static void merge(ObjectNode existing, ObjectNode wanted) {
    ObjectNode properties = (ObjectNode) existing.get("properties").deepCopy();
    ObjectNode asked = wanted.withObject("/properties");
    requireImmutable(existing, asked);
    asked.remove("isHnsEnabled");
    properties.setAll(asked);
    wanted.set("properties", properties);
  }

  private static void requireImmutable(ObjectNode existing, ObjectNode asked) {
    boolean hns = existing.at("/properties/isHnsEnabled").asBoolean();
    if (asked.hasNonNull("isHnsEnabled") && asked.path("isHnsEnabled").asBoolean() != hns) {
      throw new ApiException(
          409,
          "AccountPropertyCannotBeUpdated",
          "The property 'isHnsEnabled' was specified in the input, but it cannot be updated as it is read-only. For more information, see - https://aka.ms/storageaccountupdate");
    }
  }

  private static ApiException taken(String name) {
    return new ApiException(
        409,
        "StorageAccountAlreadyTaken",
        "The storage account named %s is already taken.".formatted(name));
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return accounts.update(
        request,
        account -> {
          requireImmutable(account, body.withObject("/properties"));
          TrackedResources.patch(account, body);
          StorageDefaults.derive(account);
        });
  }

  private Response delete(Request request) {
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              boolean gone = resources.state().delete(request.id());
              return Response.empty(gone ? 200 : 204);
            });
  }

  private Response listKeys(Request request) {
    return Response.json(200, keys.document(resources.find(ArmResources.parent(request.id()))));
  }

  private Response regenerateKey(Request request) {
    String name = request.json().path("keyName").asText().toLowerCase(Locale.ROOT);
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode account = resources.find(ArmResources.parent(request.id()));
              keys.replace(account.path("id").asText(), name);
              account
                  .withObject("/properties/keyCreationTime")
                  .put(name, resources.clock().instant().toString());
              accounts.write(account);
              return Response.json(200, keys.document(account));
            });
  }

  private Response checkNameAvailability(Request request) {
    String name = request.json().path("name").asText();
    ObjectNode answer = Json.object();
    if (!NAME.matcher(name).matches()) {
      answer.put("nameAvailable", false).put("reason", "AccountNameInvalid");
      answer.put(
          "message",
          "%s is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only."
              .formatted(name));
    } else if (find(name).isPresent()) {
      answer.put("nameAvailable", false).put("reason", "AlreadyExists");
      answer.put("message", "The storage account named %s is already taken.".formatted(name));
    } else {
      answer.put("nameAvailable", true);
    }
    return Response.json(200, answer);
  }
}
