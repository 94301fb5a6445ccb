package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks on a subscription, a group and a resource, and what they forbid. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LocksTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-l";
  private static final String IDENTITY =
      GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/someone";
  private static final String LOCKS = "/providers/Microsoft.Authorization/locks";

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void openWithAGroupAndAnIdentity() {
    cloud = EmbeddedCloud.in(folder);
    send("POST", EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft.ManagedIdentity/register", "");
    send("PUT", GROUP, "{'location':'eastus2'}");
    assertEquals(201, send("PUT", IDENTITY, "{'location':'eastus2'}").status());
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  private Answer send(String method, String path, String body) {
    String url = EmbeddedCloud.ARM + path + (path.contains("?") ? "&" : "?") + VERSION;
    return cloud.send(method, url, body.replace('\'', '"'));
  }

  private static final String VERSION = "api-version=2023-01-31";

  private Answer lock(String scope, String name, String level) {
    return send(
        "PUT",
        scope + LOCKS + "/" + name,
        "{'properties':{'level':'" + level + "','notes':'why'}}");
  }

  private void assertLocked(String method, String path, String body, String by) {
    Answer refused = send(method, path, body);
    assertEquals(409, refused.status(), () -> refused.json().toString());
    assertEquals("ScopeLocked", refused.code());
    String message = refused.text("/error/message");
    assertTrue(message.contains("are locked: '" + by + "'"), message);
    boolean deletes = method.equals("DELETE");
    assertTrue(message.contains(deletes ? "perform delete" : "perform write"), message);
  }

  @Test
  void cannot_delete_keeps_what_is_below_and_what_it_lies_in() {
    Answer made = lock(GROUP, "keep", "CanNotDelete");
    assertEquals(201, made.status(), () -> made.json().toString());
    assertEquals("Microsoft.Authorization/locks", made.text("/type"));
    assertEquals("why", made.text("/properties/notes"));
    assertLocked("DELETE", IDENTITY, "", GROUP);
    assertLocked("DELETE", GROUP, "", GROUP);
    assertEquals(200, send("PUT", IDENTITY, "{'location':'eastus2','tags':{'a':'b'}}").status());
    assertEquals(200, send("DELETE", GROUP + LOCKS + "/keep", "").status());
    assertEquals(204, send("DELETE", GROUP + LOCKS + "/keep", "").status());
    lock(IDENTITY, "keep", "CanNotDelete");
    assertLocked("DELETE", GROUP, "", IDENTITY);
    assertEquals(200, send("DELETE", IDENTITY + LOCKS + "/keep", "").status());
    assertEquals(200, send("DELETE", GROUP, "").status());
  }

  @Test
  void read_only_forbids_every_change_below_but_of_the_locks() {
    lock(EmbeddedCloud.SUBSCRIPTION, "frozen", "ReadOnly");
    String by = EmbeddedCloud.SUBSCRIPTION;
    assertLocked("PUT", IDENTITY, "{'location':'eastus2'}", by);
    assertLocked("PATCH", GROUP, "{'tags':{}}", by);
    assertLocked("DELETE", IDENTITY, "", by);
    assertLocked("POST", by + "/providers/Microsoft.Storage/register", "", by);
    assertEquals(200, send("GET", IDENTITY, "").status());
    assertEquals(200, lock(by, "frozen", "CanNotDelete").status());
    assertEquals(200, send("PATCH", GROUP, "{'tags':{}}").status());
  }

  @Test
  void lists_show_what_is_at_above_and_below_a_scope() {
    lock(EmbeddedCloud.SUBSCRIPTION, "a", "CanNotDelete");
    lock(GROUP.toLowerCase(java.util.Locale.ROOT), "b", "CanNotDelete");
    lock(IDENTITY, "c", "CanNotDelete");
    assertEquals(List.of("a", "b", "c"), names(GROUP, ""));
    assertEquals(List.of("a", "b"), names(GROUP, "?$filter=atScope()"));
    assertEquals(List.of("a", "b", "c"), names(EmbeddedCloud.SUBSCRIPTION, ""));
    assertEquals(400, send("GET", GROUP + LOCKS + "?$filter=level eq 'x'", "").status());
    assertEquals("b", send("GET", GROUP + LOCKS + "/B", "").text("/name"));
  }

  private List<String> names(String scope, String query) {
    return StreamSupport.stream(
            send("GET", scope + LOCKS + query, "").json().path("value").spliterator(), false)
        .map(lock -> lock.path("name").asText())
        .sorted()
        .toList();
  }

  @Test
  void what_is_no_lock_is_refused() {
    assertEquals("InvalidLockLevel", lock(GROUP, "x", "NotSpecified").code());
    assertEquals("InvalidLockName", lock(GROUP, "a:b", "ReadOnly").code());
    assertEquals("ResourceGroupNotFound", lock(GROUP + "none", "x", "ReadOnly").code());
    assertEquals("LockNotFound", send("GET", GROUP + LOCKS + "/x", "").code());
    String notes = "{'properties':{'level':'ReadOnly','notes':'" + "n".repeat(513) + "'}}";
    assertEquals("InvalidLockNotes", send("PUT", GROUP + LOCKS + "/x", notes).code());
  }
}
