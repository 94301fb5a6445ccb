package mlops.emulator.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Router;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token buckets of Resource Manager. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArmThrottleTest {
  private static final String GROUPS =
      "/subscriptions/%s/resourcegroups".formatted(EmbeddedAzureOptions.SUBSCRIPTION);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void a_bucket_is_emptied_told_and_filled_again() {
    EmbeddedAzure azure = EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults());
    String token = azure.userToken("https://management.azure.com");
    Router arm = azure.services().behind(new ArmThrottle(clock()));
    for (int left = 249; left >= 0; left--) {
      Response answer = send(arm, token, "GET", GROUPS);
      assertEquals(200, answer.status());
      assertEquals(
          String.valueOf(left), header(answer, "x-ms-ratelimit-remaining-subscription-reads"));
    }
    Response busy = send(arm, token, "GET", GROUPS);
    assertEquals(429, busy.status());
    assertEquals("1", header(busy, "Retry-After"));
    assertTrue(busy.body().toString().contains("\"SubscriptionRequestsThrottled\""));
    Response other = send(arm, token, "DELETE", GROUPS + "/none");
    assertEquals("199", header(other, "x-ms-ratelimit-remaining-subscription-deletes"));
    Response tenant = send(arm, token, "GET", "/subscriptions");
    assertEquals("249", header(tenant, "x-ms-ratelimit-remaining-tenant-reads"));
    now = now.plusSeconds(1);
    assertEquals(
        "24",
        header(send(arm, token, "GET", GROUPS), "x-ms-ratelimit-remaining-subscription-reads"));
  }

  private static Response send(Router arm, String token, String method, String path) {
    HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    String target = path + "?api-version=2022-09-01";
    return arm.handle(
        Request.of(
            method, "management.azure.com", target, headers, BinaryData.fromBytes(new byte[0])));
  }

  private static String header(Response response, String name) {
    return String.valueOf(response.headers().getValue(HttpHeaderName.fromString(name)));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
