package mlops.emulator.blob.auth;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Urls;
import org.jspecify.annotations.Nullable;

/** Hands out shared access signatures, signed with the first key of the account. */
public final class SasIssuer {
  private static final String VERSION = "2021-08-06";

  private final BlobStore store;

  public SasIssuer(BlobStore store) {
    this.store = store;
  }

  /**
   * The URL of a blob, or of its container where {@code blob} is null, with a service SAS.
   *
   * @param permissions in Azure's letters and order ({@code racwdl})
   */
  public String sasUrl(
      String account, String container, @Nullable String blob, String permissions, Instant expiry) {
    BlobAccounts.Account owner = store.account(account);
    String resource = "/blob/" + account + "/" + container + (blob == null ? "" : "/" + blob);
    Map<String, String> sas = new LinkedHashMap<>();
    sas.put("sv", VERSION);
    sas.put("spr", "https");
    sas.put("se", expiry.truncatedTo(ChronoUnit.SECONDS).toString());
    sas.put("sr", blob == null ? "c" : "b");
    sas.put("sp", permissions);
    sas.put(
        "sig", Hmac.sign(owner.keys().get(0), SasStringToSign.service(sas, resource, List.of())));
    String query =
        sas.entrySet().stream()
            .map(e -> e.getKey() + "=" + Urls.encode(e.getValue()))
            .collect(Collectors.joining("&"));
    String path = blob == null ? "" : "/" + Urls.encode(blob).replace("%2F", "/");
    return "https://" + account + ".blob.core.windows.net/" + container + path + "?" + query;
  }
}
