package mlops.emulator.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceModifiedException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.DeletedSecret;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets from their first version to their purge, as Azure's own client sees them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class SecretsTest {
  private static final OffsetDateTime LATER =
      OffsetDateTime.of(2040, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  @TempDir Path folder;
  private VaultRig rig;
  private SecretClient client;

  @BeforeEach
  void a_vault_whose_secrets_the_user_keeps() {
    rig = VaultRig.in(folder);
    client = rig.officer();
  }

  @Test
  void a_secret_has_versions_of_which_the_latest_is_meant() {
    KeyVaultSecret first = client.setSecret("db-password", "one");
    KeyVaultSecret second = client.setSecret("DB-Password", "two");

    assertEquals("two", client.getSecret("db-password").getValue());
    assertEquals(
        "one", client.getSecret("db-password", first.getProperties().getVersion()).getValue());
    Answer described = rig.send("PATCH", "/secrets/db-password", "{'tags':{'of':'latest'}}");
    assertEquals(second.getId(), described.text("/id"), described.json()::toString);
    assertEquals("latest", client.getSecret("db-password").getProperties().getTags().get("of"));
    assertEquals(
        List.of("db-password"),
        client.listPropertiesOfSecrets().stream().map(SecretProperties::getName).toList());
    List<SecretProperties> versions =
        client.listPropertiesOfSecretVersions("db-password").stream().toList();
    assertEquals(2, versions.size());
    assertEquals("Recoverable+Purgeable", versions.get(0).getRecoveryLevel());
    assertEquals(90, versions.get(0).getRecoverableDays());
    ResourceNotFoundException none =
        assertThrows(ResourceNotFoundException.class, () -> client.getSecret("other"));
    assertTrue(none.toString().contains("(name/id) other was not found"), none::getMessage);
    rig.cloud().assertAsDocumented();
    Answer today = newest(second.getId()); // newer than the document
    assertEquals(first.getProperties().getVersion(), today.text("/previousVersion"));
  }

  private Answer newest(String id) {
    String token = rig.cloud().userToken(VaultRig.AUDIENCE);
    return rig.cloud().send("GET", id + "?api-version=2026-04-01", "", token);
  }

  @Test
  void attributes_tags_and_content_type_are_kept_and_changed() {
    KeyVaultSecret wanted = new KeyVaultSecret("token", "value");
    wanted.getProperties().setContentType("text/plain").setTags(Map.of("a", "b"));
    wanted.getProperties().setNotBefore(LATER).setExpiresOn(LATER.plusDays(1));
    client.setSecret(wanted);

    SecretProperties kept = client.getSecret("token").getProperties();
    assertEquals("text/plain", kept.getContentType());
    assertEquals(Map.of("a", "b"), kept.getTags());
    assertEquals(LATER, kept.getNotBefore(), "it is told, and hinders no reading");
    kept.setEnabled(false).setTags(Map.of());
    client.updateSecretProperties(kept);

    HttpResponseException disabled =
        assertThrows(HttpResponseException.class, () -> client.getSecret("token"));
    assertEquals(403, disabled.getResponse().getStatusCode());
    Answer raw = rig.send("GET", "/secrets/token", "");
    assertEquals("Forbidden", raw.code());
    assertEquals("SecretDisabled", raw.text("/error/innererror/code"));
    Answer listed = rig.send("GET", "/secrets", "");
    assertEquals("false", listed.text("/value/0/attributes/enabled"));
    assertEquals("{}", listed.json().at("/value/0/tags").toString());
    assertEquals("text/plain", listed.text("/value/0/contentType"));
    assertFalse(listed.json().at("/value/0").has("value"));
    rig.cloud().assertAsDocumented();
  }

  @Test
  void a_deleted_secret_is_recovered_or_purged_before_its_name_is_free() {
    client.setSecret("gone", "value");
    DeletedSecret deleted = client.beginDeleteSecret("gone").poll().getValue();
    assertEquals("https://kv-one.vault.azure.net/deletedsecrets/gone", deleted.getRecoveryId());
    assertEquals(deleted.getDeletedOn().plusDays(90), deleted.getScheduledPurgeDate());
    assertThrows(ResourceNotFoundException.class, () -> client.getSecret("gone"));
    assertEquals(0, client.listPropertiesOfSecrets().stream().count());
    assertEquals("gone", client.listDeletedSecrets().iterator().next().getName());

    ResourceModifiedException conflict =
        assertThrows(ResourceModifiedException.class, () -> client.setSecret("gone", "again"));
    assertTrue(conflict.toString().contains("deleted but recoverable"), conflict::getMessage);
    assertEquals(
        "ObjectIsDeletedButRecoverable",
        rig.send("PUT", "/secrets/gone", "{'value':'x'}").text("/error/innererror/code"));
    client.beginRecoverDeletedSecret("gone").poll();
    assertEquals("value", client.getSecret("gone").getValue());

    client.beginDeleteSecret("gone").poll();
    client.purgeDeletedSecret("gone");
    assertThrows(ResourceNotFoundException.class, () -> client.getDeletedSecret("gone"));
    assertEquals("new", client.setSecret("gone", "new").getValue());
    assertEquals(1, client.listPropertiesOfSecretVersions("gone").stream().count());
    rig.cloud().assertAsDocumented();
  }

  @Test
  void a_vault_keeps_its_secrets_until_it_is_purged() {
    client.setSecret("kept", "value");
    String deleted =
        EmbeddedCloud.SUBSCRIPTION
            + "/providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/kv-one";
    rig.arm("DELETE", VaultRig.VAULT, "");
    assertEquals("VaultNotFound", rig.send("GET", "/secrets/kept", "").code());
    assertEquals(200, rig.vault("'createMode':'recover'").status());
    rig.grant(rig.cloud().azure().user().objectId(), VaultRig.OFFICER, VaultRig.GROUP);
    assertEquals("value", client.getSecret("kept").getValue());
    rig.arm("DELETE", VaultRig.VAULT, "");
    assertEquals(202, rig.arm("POST", deleted + "/purge", "").status());
    rig.vault("'enableRbacAuthorization':true,'softDeleteRetentionInDays':7");
    assertEquals(404, rig.send("GET", "/secrets/kept", "").status());
    client.setSecret("kept", "another");
    DeletedSecret gone = client.beginDeleteSecret("kept").poll().getValue();
    assertEquals(gone.getDeletedOn().plusDays(7), gone.getScheduledPurgeDate());
    assertEquals(
        "CustomizedRecoverable+Purgeable",
        rig.send("GET", "/deletedsecrets", "").text("/value/0/attributes/recoveryLevel"));
    rig.arm("PATCH", VaultRig.VAULT, "{'properties':{'enablePurgeProtection':true}}");
    Answer refused = rig.send("DELETE", "/deletedsecrets/kept", "");
    assertEquals(403, refused.status());
    assertTrue(refused.text("/error/message").contains("purge protection is enabled"));
  }

  @Test
  void a_backup_brings_all_versions_back_and_shows_none() {
    client.setSecret("kept", "first-value");
    client.setSecret("kept", "second-value");
    byte[] backup = client.backupSecret("kept");
    assertFalse(new String(backup, StandardCharsets.ISO_8859_1).contains("value"));
    assertEquals(409, restore(backup), "it is there");
    client.beginDeleteSecret("kept").poll();
    assertEquals(409, restore(backup), "it can be recovered");
    client.purgeDeletedSecret("kept");
    assertEquals("kept", client.restoreSecretBackup(backup).getName());
    assertEquals("second-value", client.getSecret("kept").getValue());
    assertEquals(2, client.listPropertiesOfSecretVersions("kept").stream().count());
    client.beginDeleteSecret("kept").poll();
    client.purgeDeletedSecret("kept");
    backup[backup.length - 1] ^= 1;
    assertEquals(400, restore(backup), "it is broken");
    assertEquals(404, rig.send("POST", "/secrets/kept/backup", "").status());
    rig.cloud().assertAsDocumented();
  }

  private int restore(byte[] backup) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(backup);
    return rig.send("POST", "/secrets/restore", "{'value':'%s'}".formatted(text)).status();
  }

  @Test
  void a_list_comes_in_pages() {
    for (int i = 0; i < 27; i++) {
      assertEquals(200, rig.send("PUT", "/secrets/s%02d".formatted(i), "{'value':'v'}").status());
    }
    Answer first = rig.send("GET", "/secrets", "");
    assertEquals(25, first.json().path("value").size());
    Answer last =
        rig.cloud()
            .send("GET", first.text("/nextLink"), "", rig.cloud().userToken(VaultRig.AUDIENCE));
    assertEquals(2, last.json().path("value").size());
    assertEquals(VaultRig.URL + "/secrets/s25", last.text("/value/0/id"));
    assertTrue(last.json().path("nextLink").isNull());
    String small = rig.send("GET", "/secrets?maxresults=2", "").text("/nextLink");
    assertTrue(small.endsWith("&maxresults=2"), small);
    assertEquals(27, client.listPropertiesOfSecrets().stream().count());
    for (String wrong : List.of("maxresults=0", "maxresults=26", "maxresults=x", "$skiptoken=!")) {
      assertEquals("BadParameter", rig.send("GET", "/secrets?" + wrong, "").code(), wrong);
    }
    rig.cloud().assertAsDocumented();
  }

  @Test
  void what_is_no_secret_is_refused_by_name() {
    assertRefused(
        "The request URI contains an invalid name: my_secret",
        "/secrets/my_secret",
        "{'value':'x'}");
    assertRefused("invalid name", "/secrets/" + "a".repeat(128), "{'value':'x'}");
    assertRefused("Property value is required", "/secrets/a", "{}");
    assertRefused(
        "Property value is too long", "/secrets/a", "{'value':'" + "x".repeat(25_601) + "'}");
    assertRefused(
        "Property attributes.exp", "/secrets/a", "{'value':'x','attributes':{'exp':'soon'}}");
    assertRefused(
        "Property attributes.colour", "/secrets/a", "{'value':'x','attributes':{'colour':1}}");
    assertRefused("Property managed", "/secrets/a", "{'value':'x','managed':true}");
    assertRefused("tags", "/secrets/a", "{'value':'x','tags':{'a':1}}");
    assertRefused("not a JSON object", "/secrets/a", "{'value':hunter2}");
    String bare = VaultRig.URL + "/secrets/a";
    assertEquals("BadParameter", rig.cloud().send("GET", bare, "").code());
    Answer old = rig.cloud().send("GET", bare + "?api-version=6.0", "");
    assertTrue(old.text("/error/message").contains("(6.0) is not recognized"));
    assertEquals(501, rig.send("POST", "/keys/k/create", "{}").status());
  }

  @Test
  void contacts_are_kept_for_who_asks_every_vault_for_them() {
    String path = "/certificates/contacts";
    assertEquals("Forbidden", rig.send("GET", path, "").code(), "no business of who keeps secrets");
    rig.grant(rig.cloud().azure().user().objectId(), VaultRig.ADMINISTRATOR, VaultRig.VAULT);
    assertEquals("ContactsNotFound", rig.send("GET", path, "").code());
    assertEquals(400, rig.send("PUT", path, "{'contacts':[{'name':'x'}]}").status());
    assertEquals(200, rig.send("PUT", path, "{'contacts':[{'email':'me@example.org'}]}").status());
    assertEquals("me@example.org", rig.send("GET", path, "").text("/contacts/0/email"));
    assertEquals(200, rig.send("DELETE", path, "").status());
    assertEquals(404, rig.send("DELETE", path, "").status());
  }

  private void assertRefused(String why, String path, String body) {
    Answer answer = rig.send("PUT", path, body);
    assertEquals(400, answer.status(), why);
    assertEquals("BadParameter", answer.code());
    assertTrue(answer.text("/error/message").contains(why), answer.text("/error/message"));
    assertFalse(answer.json().toString().contains("hunter2"));
  }

  @Test
  void the_state_holds_values_in_files_of_its_owner_only() throws IOException {
    client.setSecret("db-password", "correct-horse-battery");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean holds =
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .contains("correct-horse-battery");
        if (holds) {
          assertEquals(
              "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
      }
    }
    assertNull(client.getSecret("db-password").getProperties().isManaged());
  }
}
