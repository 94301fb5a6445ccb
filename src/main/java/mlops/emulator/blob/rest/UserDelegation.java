package mlops.emulator.blob.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.blob.auth.AccessDenied;
import mlops.emulator.blob.auth.DelegationKeys;
import mlops.emulator.blob.auth.StorageAuthorization;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.request.StorageXml;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;
import mlops.emulator.http.XmlDocument;

/** Get User Delegation Key: a key with which the caller may sign what its roles allow. */
public final class UserDelegation {
  private static final Duration LONGEST_DELEGATION = Duration.ofDays(7);

  private final DelegationKeys delegationKeys;
  private final String tenant;

  /**
   * @param tenant the tenant that the callers' tokens are of
   */
  public UserDelegation(DelegationKeys delegationKeys, String tenant) {
    this.delegationKeys = delegationKeys;
    this.tenant = tenant;
  }

  /** Makes a key with which the caller may sign what its roles allow. */
  public Response delegate(StorageRequest request) {
    if (request.authorization().how() != StorageAuthorization.How.TOKEN) {
      throw AccessDenied.tokenRequired();
    }
    Map<String, String> asked = new HashMap<>();
    StorageXml.leaves(
        request,
        (element, text) -> {
          if (!text.isEmpty() && !List.of("Start", "Expiry").contains(element)) {
            throw StorageErrors.invalidXmlValue(element, text);
          }
          asked.put(element, text);
        });
    Instant now = request.store().clock().instant();
    String from = asked.getOrDefault("Start", "");
    Instant start = from.isEmpty() ? now : time("Start", from);
    Instant expiry = time("Expiry", asked.getOrDefault("Expiry", ""));
    if (!expiry.isAfter(now) || expiry.isAfter(now.plus(LONGEST_DELEGATION).plusSeconds(300))) {
      throw StorageErrors.invalidXmlValue("Expiry", expiry.toString());
    }
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put("skoid", request.authorization().owner());
    terms.put("sktid", tenant);
    terms.put("skt", start.truncatedTo(ChronoUnit.SECONDS).toString());
    terms.put("ske", expiry.truncatedTo(ChronoUnit.SECONDS).toString());
    terms.put("sks", "b");
    String version = request.header("x-ms-version");
    terms.put("skv", version == null ? "2020-02-10" : version);
    return describe(terms, delegationKeys.value(request.account().name(), terms));
  }

  private static Response describe(Map<String, String> terms, String key) {
    XmlDocument xml = new XmlDocument().open("UserDelegationKey");
    List<String> elements =
        List.of("SignedOid", "SignedTid", "SignedStart", "SignedExpiry", "SignedService");
    int i = 0;
    for (String element : elements) {
      xml.put(element, List.copyOf(terms.values()).get(i++));
    }
    xml.put("SignedVersion", terms.getOrDefault("skv", ""));
    xml.put("Value", key);
    return xml.close().answer(200);
  }

  private static Instant time(String element, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw StorageErrors.invalidXmlValue(element, text);
    }
  }
}
