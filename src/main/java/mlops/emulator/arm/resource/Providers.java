package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** Resource providers and a subscription's registration for them. */
public final class Providers {
  private static final String COLLECTION = "/subscriptions/{subscription}/providers";
  private static final String ONE = COLLECTION + "/{namespace}";
  private static final String TYPE = "Microsoft.Resources/subscriptions/providers";

  private final StateTree state;
  private final ProviderCatalog catalog;

  public Providers(StateTree state, ProviderCatalog catalog) {
    this.state = state;
    this.catalog = catalog;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("GET", COLLECTION, TYPE + "/read", this::list),
        Route.arm("GET", ONE, TYPE + "/read", this::get),
        Route.arm("POST", ONE + "/register", TYPE + "/register/action", r -> set(r, true)),
        Route.arm("POST", ONE + "/unregister", TYPE + "/register/action", r -> set(r, false)));
  }

  /**
   * Asks that a subscription is registered for the provider of a resource.
   *
   * @throws ApiException 409 MissingSubscriptionRegistration
   */
  public void requireRegistered(String path) {
    List<String> parts = List.of(path.toLowerCase(Locale.ROOT).split("/"));
    int provider = parts.lastIndexOf("providers") + 1;
    if (parts.size() < 9 || !parts.get(3).equals("resourcegroups") || provider == 0) {
      return; // only what lies in a resource group needs a registration
    }
    catalog
        .find(parts.get(provider))
        .filter(found -> !registered(parts.get(2), found))
        .ifPresent(
            found -> {
              throw new ApiException(
                  409,
                  "MissingSubscriptionRegistration",
                  "The subscription is not registered to use namespace '%s'. See https://aka.ms/rps-not-found for how to register subscriptions."
                      .formatted(found.namespace()));
            });
  }

  /** Registers a subscription, as a template deployment does for what it deploys. */
  public void register(String subscription, String namespace) {
    catalog.find(namespace).ifPresent(provider -> keep(subscription, provider, true));
  }

  /** Leaves a subscription with the providers alone for which every one is registered. */
  public void unregisterAll(String subscription) {
    catalog.providers().stream()
        .filter(provider -> !provider.always())
        .forEach(provider -> keep(subscription, provider, false));
  }

  private boolean registered(String subscription, ProviderCatalog.Provider provider) {
    return state
        .read(id(subscription, provider))
        .map(d -> d.path("registrationState").asText().equals("Registered"))
        .orElse(true);
  }

  private Response list(Request request) {
    String subscription = request.parameter("subscription");
    return ArmResources.page(
        catalog.providers().stream().map(p -> document(subscription, p)).toList());
  }

  private Response get(Request request) {
    return Response.json(200, document(request.parameter("subscription"), find(request)));
  }

  private Response set(Request request, boolean registered) {
    String subscription = request.parameter("subscription");
    ProviderCatalog.Provider provider = find(request);
    keep(subscription, provider, registered);
    return Response.json(200, document(subscription, provider));
  }

  private ProviderCatalog.Provider find(Request request) {
    String namespace = request.parameter("namespace");
    return catalog
        .find(namespace)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "InvalidResourceNamespace",
                    "The resource namespace '%s' is invalid.".formatted(namespace)));
  }

  private void keep(String subscription, ProviderCatalog.Provider provider, boolean registered) {
    if (registered != registered(subscription, provider)) {
      String id = id(subscription, provider);
      ObjectNode document = Json.object().put("id", id).put("type", TYPE);
      document.put("registrationState", registered ? "Registered" : "NotRegistered");
      state.write(id, document);
    }
  }

  private ObjectNode document(String subscription, ProviderCatalog.Provider provider) {
    ObjectNode document = Json.object().put("id", id(subscription, provider));
    document.put("namespace", provider.namespace());
    document.put("registrationPolicy", "RegistrationRequired");
    document.put(
        "registrationState", registered(subscription, provider) ? "Registered" : "NotRegistered");
    ArrayNode types = document.putArray("resourceTypes");
    provider
        .types()
        .forEach(
            (name, versions) -> {
              ObjectNode type = types.addObject().put("resourceType", name);
              type.set("locations", Json.MAPPER.valueToTree(Regions.displayNames()));
              type.set("apiVersions", Json.MAPPER.valueToTree(versions));
              type.put("capabilities", "None");
            });
    return document;
  }

  private static String id(String subscription, ProviderCatalog.Provider provider) {
    return "/subscriptions/"
        + subscription.toLowerCase(Locale.ROOT)
        + "/providers/"
        + provider.namespace();
  }
}
