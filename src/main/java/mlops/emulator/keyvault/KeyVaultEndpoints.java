package mlops.emulator.keyvault;

import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.arm.type.KeyVaults;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.state.StateTree;

/**
 * The data plane of key vaults: {@code {vault}.vault.azure.net}. The table below is what it can do;
 * anything else is a 501.
 */
public final class KeyVaultEndpoints {
  private static final String HOST = "{vault}.vault.azure.net";
  private static final String SECRET = "/secrets/{name}";
  private static final String VERSION = SECRET + "/{version}";
  private static final String DELETED = "/deletedsecrets/{name}";
  private static final String CONTACTS = "/certificates/contacts";
  private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");

  private final KeyVaults vaults;
  private final VaultAccess access;
  private final Secrets secrets;
  private final DeletedSecrets deleted;
  private final SecretBackups backups;
  private final CertificateContacts contacts;

  /**
   * @param tenant the tenant that tokens are of
   */
  public KeyVaultEndpoints(ResourceManager arm, Tokens tokens, String tenant) {
    this.vaults = arm.keyVaults();
    this.access = new VaultAccess(tokens, arm.access(), tenant);
    StateTree state = arm.resources().state();
    SecretFiles files = new SecretFiles(state, arm.resources().clock());
    this.secrets = new Secrets(files);
    this.deleted = new DeletedSecrets(files);
    this.backups = new SecretBackups(files, new BackupSeal(state));
    this.contacts = new CertificateContacts(state);
  }

  public List<Route> routes() {
    return List.of(
        route("GET", "/secrets", VaultRight.LIST, secrets::list),
        route("GET", SECRET, VaultRight.GET, secrets::get),
        route("PUT", SECRET, VaultRight.SET, secrets::set),
        route("PATCH", SECRET, VaultRight.UPDATE, secrets::update),
        route("DELETE", SECRET, VaultRight.DELETE, secrets::delete),
        route("GET", SECRET + "/versions", VaultRight.LIST, secrets::listVersions),
        route("POST", SECRET + "/backup", VaultRight.BACKUP, backups::backup),
        route("POST", "/secrets/restore", VaultRight.RESTORE, backups::restore),
        route("GET", VERSION, VaultRight.GET, secrets::get),
        route("PATCH", VERSION, VaultRight.UPDATE, secrets::update),
        route("GET", "/deletedsecrets", VaultRight.LIST, deleted::list),
        route("GET", DELETED, VaultRight.GET_DELETED, deleted::get),
        route("DELETE", DELETED, VaultRight.PURGE, deleted::purge),
        route("POST", DELETED + "/recover", VaultRight.RECOVER, deleted::recover),
        route("GET", CONTACTS, VaultRight.MANAGE_CONTACTS, contacts::get),
        route("PUT", CONTACTS, VaultRight.MANAGE_CONTACTS, contacts::set),
        route("DELETE", CONTACTS, VaultRight.MANAGE_CONTACTS, contacts::delete));
  }

  private Route route(
      String method,
      String path,
      VaultRight right,
      BiFunction<Vault, Request, Response> operation) {
    return Route.of(
        method,
        HOST,
        path,
        Permission.byHandler(),
        request -> {
          Caller caller = access.caller(request);
          VaultVersion.of(request);
          Vault vault = vault(request.parameter("vault"));
          access.require(caller, right, vault, scope(vault, request));
          return operation.apply(vault, request);
        });
  }

  private Vault vault(String name) {
    return vaults
        .find(name)
        .map(Vault::new)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "VaultNotFound",
                    "There is no key vault '%s'; on Azure the name %s.vault.azure.net would lead nowhere."
                        .formatted(name, name)));
  }

  private static String scope(Vault vault, Request request) {
    String name = request.parameters().getOrDefault("name", "");
    if (name.isEmpty()) {
      return vault.id();
    }
    if (!NAME.matcher(name).matches()) {
      throw VaultErrors.badParameter("The request URI contains an invalid name: " + name);
    }
    return vault.id() + "/secrets/" + name;
  }
}
