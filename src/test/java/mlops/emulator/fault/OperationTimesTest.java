package mlops.emulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.TestKey;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations that last, for other clients than mlops. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OperationTimesTest {
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final String VAULT =
      EmbeddedCloud.ARM
          + EmbeddedCloud.SUBSCRIPTION
          + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-timed?api-version=2023-07-01";

  @TempDir Path folder;

  @Test
  void the_sdk_waits_as_microsofts_documents_say_and_a_state_tells_meanwhile() {
    OperationTimes times =
        new OperationTimes(
            Map.of(TimedKind.STORAGE_ACCOUNTS, TIME, TimedKind.VAULTS, TIME), Clock.systemUTC());
    EmbeddedCloud cloud =
        EmbeddedCloud.on(
            EmbeddedAzure.open(
                TestKey.in(folder),
                EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ZERO).withFilter(times)));
    cloud.resources().resourceGroups().define("rg").withRegion("eastus2").create();
    String body =
        "{\"location\":\"eastus2\",\"properties\":{\"tenantId\":\"%s\",\"sku\":{\"family\":\"A\",\"name\":\"standard\"},\"accessPolicies\":[]}}"
            .formatted(EmbeddedAzureOptions.TENANT);
    assertEquals("RegisteringDns", state(cloud.send("PUT", VAULT, body)));
    assertEquals("RegisteringDns", state(cloud.send("GET", VAULT, "")));
    Instant before = Instant.now();
    var account =
        cloud
            .storage()
            .storageAccounts()
            .define("stgtimed")
            .withRegion("eastus2")
            .withExistingResourceGroup("rg")
            .create();
    assertTrue(Instant.now().isAfter(before.plus(TIME)), "the account was there too early");
    assertEquals("Succeeded", account.innerModel().provisioningState().toString());
    assertEquals("Succeeded", state(cloud.send("GET", VAULT, "")));
    assertEquals("Succeeded", state(cloud.send("PUT", VAULT, body))); // a change takes no time
    cloud.assertAsDocumented();
  }

  private static String state(EmbeddedCloud.Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return answer.text("/properties/provisioningState");
  }
}
