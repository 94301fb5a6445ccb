package mlops.emulator.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser on this machine shows a page of some web site, which must not sign in by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ForeignOriginTest {
  private static final String AZ = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  private static final String SCOPE = "https://management.azure.com/.default";

  @TempDir Path folder;

  @Test
  void a_page_of_another_site_signs_in_nowhere() {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    LocalApplication application = cloud.azure().application();
    String secret =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s&resource=%s"
            .formatted(
                application.clientId(),
                application.clientSecret(),
                SCOPE,
                "https://management.azure.com");
    String device = "client_id=%s&scope=%s&resource=x".formatted(AZ, SCOPE);
    for (String tenant : List.of(EmbeddedAzureOptions.TENANT, "organizations")) {
      for (String version : List.of("", "/v2.0")) {
        for (String form : List.of(secret, device)) {
          String path =
              "/%s/oauth2%s/%s"
                  .formatted(tenant, version, form.equals(secret) ? "token" : "devicecode");
          for (String origin :
              List.of("https://evil.example", "null", "http://localhost:3000", "file://")) {
            Response refused = post(cloud, path, form, origin);
            assertEquals(400, refused.status(), path + " from " + origin);
            assertTrue(refused.body().toString().contains("AADSTS9002326"), refused.body() + "");
          }
        }
      }
    }
    String path = "/" + EmbeddedAzureOptions.TENANT + "/oauth2/v2.0/token";
    assertEquals(200, post(cloud, path, secret, "").status());
    assertEquals(200, post(cloud, path, secret, "https://login.microsoftonline.com").status());
  }

  private static Response post(EmbeddedCloud cloud, String path, String form, String origin) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded");
    if (!origin.isEmpty()) {
      headers.set(HttpHeaderName.ORIGIN, origin);
    }
    Request request = Request.of("POST", Entra.HOST, path, headers, BinaryData.fromString(form));
    return cloud.azure().router().handle(request);
  }
}
