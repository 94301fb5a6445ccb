package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * User delegation SAS by version: from 2026-04-06 on they sign headers and query parameters of the
 * request too, or two empty lines. The text to sign is written here as the REST reference has it,
 * for the Java SDK of today is older.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UserDelegationSasTest {
  private static final HttpHeaderName WANTED = HttpHeaderName.fromString("x-wanted");

  private final String expiry =
      Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString();

  @TempDir Path folder;
  private StorageRig storage;
  private UserDelegationKey key;

  @BeforeEach
  void make_a_blob_and_a_key() {
    storage = StorageRig.in(folder);
    storage
        .container("flat", "things")
        .getBlobClient("a/b")
        .upload(BinaryData.fromString("text"), true);
    storage.grant(StorageRig.READER, StorageRig.id("flat"));
    key = storage.withToken("flat").getUserDelegationKey(null, OffsetDateTime.parse(expiry));
  }

  @Test
  void from_2026_on_two_lines_are_signed_which_are_empty_where_nothing_is_named() {
    assertEquals(200, get(sas("2026-04-06", List.of("", ""))));
    assertEquals(200, get(sas("2026-10-06", List.of("", ""))));
    assertEquals(403, get(sas("2026-04-06", List.of())));
    assertEquals(200, get(sas("2025-11-05", List.of())));
  }

  @Test
  void a_named_header_and_parameter_open_the_blob_only_with_the_values_that_were_signed() {
    String sas = sas("2026-04-06", List.of("x-wanted:one\n", "\ntimeout:30"));
    String named = sas + "&srh=x-wanted&srq=timeout&timeout=";
    assertEquals(200, get(named + "30"));
    assertEquals(403, get(named + "31"));
    assertEquals(403, get(sas + "&timeout=30"), "without the names");
    assertEquals(403, get(sas + "&srh=x-other&srq=timeout&timeout=30"));
  }

  @Test
  void names_that_no_signature_covers_are_refused() {
    assertEquals(403, get(sas("2025-11-05", List.of()) + "&srh=x-wanted"));
    assertEquals(403, get(sas("2026-04-06", List.of("", "")) + "&srq=timeout&timeout=9"));
  }

  /** A GET with {@code x-wanted: one}; the status. */
  private int get(String query) {
    HttpRequest request =
        new HttpRequest(HttpMethod.GET, "https://flat.blob.core.windows.net/things/a/b?" + query);
    request.setHeader(HttpHeaderName.fromString("x-ms-version"), "2026-04-06");
    request.setHeader(WANTED, "one");
    try (HttpResponse response = storage.http().sendSync(request, Context.NONE)) {
      return response.getStatusCode();
    }
  }

  private String sas(String version, List<String> requestLines) {
    String start = key.getSignedStart().toInstant().toString();
    String end = key.getSignedExpiry().toInstant().toString();
    Map<String, String> sas = new LinkedHashMap<>();
    sas.put("sp", "r");
    sas.put("se", expiry);
    sas.put("skoid", key.getSignedObjectId());
    sas.put("sktid", key.getSignedTenantId());
    sas.put("skt", start);
    sas.put("ske", end);
    sas.put("sks", key.getSignedService());
    sas.put("skv", key.getSignedVersion());
    sas.put("spr", "https");
    sas.put("sv", version);
    sas.put("sr", "b");
    sas.put("sig", signature(sas, requestLines));
    return sas.entrySet().stream()
        .map(term -> term.getKey() + "=" + URLEncoder.encode(term.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String signature(Map<String, String> sas, List<String> requestLines) {
    List<String> lines = new ArrayList<>(List.of("r", "", expiry, "/blob/flat/things/a/b"));
    for (String term : List.of("skoid", "sktid", "skt", "ske", "sks", "skv")) {
      lines.add(sas.get(term));
    }
    lines.addAll(List.of("", "", "", "", "")); // saoid, suoid, scid, skdutid, sduoid
    lines.addAll(List.of("", "https", sas.get("sv"), "b", "", "")); // sip … snapshot, ses
    lines.addAll(requestLines);
    lines.addAll(List.of("", "", "", "", "")); // rscc, rscd, rsce, rscl, rsct
    return new StorageSharedKeyCredential("flat", key.getValue())
        .computeHmac256(String.join("\n", lines));
  }
}
