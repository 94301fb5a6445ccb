package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.models.AzureCloud;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import mlops.emulator.Options;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The Azure SDK, through the proxy and TLS. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkOverSocketTest {
  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.in(folder);
  }

  @AfterAll
  void end() {
    served.close();
  }

  @Test
  void makes_and_finds_a_resource_group() throws Exception {
    ResourceManager arm = arm(served.armToken());

    ResourceGroup made = arm.resourceGroups().define("rg-one").withRegion("eastus2").create();

    assertEquals("rg-one", made.name());
    assertTrue(arm.resourceGroups().contain("rg-one"));
    assertTrue(
        served.log().stream().anyMatch(line -> line.matches(".* java-sdk PUT management.*201.*")),
        served.log()::toString);
  }

  @Test
  void is_refused_with_a_token_that_somebody_changed() throws Exception {
    ResourceManager arm = arm(served.armToken().replaceFirst("....$", "AAAA"));

    HttpResponseException refused =
        assertThrows(HttpResponseException.class, () -> arm.resourceGroups().getByName("rg-one"));

    assertEquals(401, refused.getResponse().getStatusCode());
  }

  private ResourceManager arm(String token) throws Exception {
    TokenCredential credential = r -> Mono.just(new AccessToken(token, OffsetDateTime.MAX));
    return ResourceManager.configure()
        .withHttpClient(served.transport())
        .withRetryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .authenticate(
            credential, new AzureProfile(Options.TENANT, null, AzureCloud.AZURE_PUBLIC_CLOUD))
        .withSubscription(Options.SUBSCRIPTION);
  }
}
