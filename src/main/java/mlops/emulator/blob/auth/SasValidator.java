package mlops.emulator.blob.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.blob.store.Containers;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Request;

/** Checks shared access signatures: of an account, of a service, and by user delegation. */
public final class SasValidator {
  private static final String THIS_MACHINE = "127.0.0.1";
  private static final String DELEGATIONS = "2018-11-09";
  private static final String DIRECTORIES = "2020-02-10";

  /** Access control lists by user, encryption scopes, and users that a key is bound to. */
  private static final List<String> NOT_BUILT =
      List.of("saoid", "suoid", "ses", "skdutid", "sduoid");

  private static final Map<String, String> OVERRIDES =
      Map.of(
          "rscc", "Cache-Control",
          "rscd", "Content-Disposition",
          "rsce", "Content-Encoding",
          "rscl", "Content-Language",
          "rsct", "Content-Type");

  /** Whether the principal that delegated a right holds it. */
  interface Delegator {
    boolean holds(String objectId, StorageRight right, StorageTarget target);
  }

  private final Containers containers;
  private final DelegationKeys delegationKeys;
  private final Clock clock;

  public SasValidator(Containers containers, DelegationKeys delegationKeys, Clock clock) {
    this.containers = containers;
    this.delegationKeys = delegationKeys;
    this.clock = clock;
  }

  /**
   * Admits by the signature in the query.
   *
   * @throws ApiException 403 AuthenticationFailed or one of the AuthorizationXMismatch codes
   */
  StorageAuthorization admit(
      StorageRight right, Request request, StorageTarget target, Delegator delegator) {
    Map<String, String> sas = request.query();
    String version = sas.getOrDefault("sv", "");
    if (version.compareTo("2015-04-05") < 0) {
      throw AccessDenied.authenticationFailed(
          "sv is mandatory. Cannot be empty, or older than 2015-04-05");
    }
    requireBuilt(sas, version);
    boolean account = sas.containsKey("ss");
    Map<String, String> terms = account ? sas : withPolicy(sas, target);
    if (account) {
      verify(SasStringToSign.account(sas, target.account().name()), target.account().keys(), sas);
    } else {
      verifyService(request, target, path(right, request, target));
    }
    requireTime(terms.getOrDefault("st", ""), terms.getOrDefault("se", ""));
    requireAddress(sas.getOrDefault("sip", ""));
    String letters = terms.getOrDefault("sp", "");
    requireLetters(account, right, letters, sas);
    String delegatedBy = sas.getOrDefault("skoid", "");
    if (!delegatedBy.isEmpty() && !delegator.holds(delegatedBy, right, target)) {
      throw AccessDenied.permissionMismatch();
    }
    boolean overwrite = letters.indexOf('w') >= 0 || right != StorageRight.CREATE;
    String owner = delegatedBy.isEmpty() ? "$superuser" : delegatedBy;
    return new StorageAuthorization(
        overwrite, owner, true, headers(sas), StorageAuthorization.How.SAS);
  }

  /** Terms that a signature may have and nothing here looks at must not pass for kept. */
  private static void requireBuilt(Map<String, String> sas, String version) {
    for (String term : NOT_BUILT) {
      if (!sas.getOrDefault(term, "").isEmpty()) {
        throw ApiException.notImplemented(
            "The embedded Azure does not know the term %s of shared access signatures."
                .formatted(term));
      }
    }
    // The text of an older version has no place for these, so that anybody could add them.
    boolean directory =
        sas.getOrDefault("sr", "").equals("d") && version.compareTo(DIRECTORIES) < 0;
    boolean delegated = sas.containsKey("skoid") && version.compareTo(DELEGATIONS) < 0;
    boolean parts =
        (sas.containsKey("srh") || sas.containsKey("srq"))
            && (!sas.containsKey("skoid") || version.compareTo(SasStringToSign.REQUEST_PARTS) < 0);
    if (directory || delegated || parts) {
      throw AccessDenied.authenticationFailed(
          "sv %s of this kind of signature has no place for all of its terms".formatted(version));
    }
  }

  /** What is asked for; a list is of a directory that its query names. */
  private static String path(StorageRight right, Request request, StorageTarget target) {
    return right == StorageRight.LIST && target.blob().isEmpty()
        ? HierarchicalNamespace.path(request.queryValue("directory").orElse(""))
        : target.blob();
  }

  private void verifyService(Request request, StorageTarget target, String path) {
    Map<String, String> sas = request.query();
    String resource = resource(sas, target, path);
    String text =
        SasStringToSign.service(sas, resource, SasStringToSign.requestParts(sas, request));
    if (!sas.containsKey("skoid")) {
      verify(text, target.account().keys(), sas);
      return;
    }
    requireTime(sas.getOrDefault("skt", ""), sas.getOrDefault("ske", ""));
    verify(text, List.of(delegationKeys.value(target.account().name(), sas)), sas);
  }

  private static void verify(String text, List<String> keys, Map<String, String> sas) {
    String given = sas.getOrDefault("sig", "");
    boolean valid = false;
    for (String key : keys) {
      valid |= Hmac.same(Hmac.sign(key, text), given);
    }
    if (!valid) {
      throw AccessDenied.authenticationFailed(
          "Signature did not match. String to sign used was " + text);
    }
  }

  /** The resource that was signed, of which the request may name a part. */
  private static String resource(Map<String, String> sas, StorageTarget target, String path) {
    String container = "/blob/" + target.account().name() + "/" + target.container();
    String kind = sas.getOrDefault("sr", "");
    return switch (kind) {
      case "c" -> container;
      case "b" -> container + "/" + target.blob();
      case "bs" -> {
        if (sas.getOrDefault("snapshot", "").isEmpty()) {
          throw AccessDenied.authenticationFailed("snapshot is mandatory. Cannot be empty");
        }
        yield container + "/" + target.blob();
      }
      case "d" -> container + directory(sas.getOrDefault("sdd", ""), path);
      case "bv" ->
          throw ApiException.notImplemented(
              "The embedded Azure has no versions of blobs (sr=%s).".formatted(kind));
      default -> throw AccessDenied.authenticationFailed("sr is mandatory. Cannot be empty");
    };
  }

  private static String directory(String depth, String path) {
    int wanted = depth.matches("\\d{1,3}") ? Integer.parseInt(depth) : -1;
    String[] parts = path.isEmpty() ? new String[0] : path.split("/");
    if (wanted < 0 || parts.length < wanted) {
      throw AccessDenied.authenticationFailed(
          "sdd is mandatory. It must match the path of the request.");
    }
    return Arrays.stream(parts).limit(wanted).map(p -> "/" + p).collect(Collectors.joining());
  }

  /** The terms of a SAS, with those of the stored access policy that it names. */
  private Map<String, String> withPolicy(Map<String, String> sas, StorageTarget target) {
    String policy = sas.get("si");
    if (policy == null) {
      return sas;
    }
    Map<String, String> terms = new HashMap<>(sas);
    for (JsonNode identifier :
        containers
            .find(target.account().containerId(target.container()))
            .orElseThrow(StorageErrors::containerNotFound)
            .identifiers()) {
      if (identifier.path("id").asText().equals(policy)) {
        for (Map.Entry<String, String> name :
            Map.of("st", "start", "se", "expiry", "sp", "permission").entrySet()) {
          String value = identifier.path(name.getValue()).asText();
          if (!value.isEmpty()) {
            terms.putIfAbsent(name.getKey(), value);
          }
        }
        return terms;
      }
    }
    throw AccessDenied.authenticationFailed("Access Policy not found.");
  }

  private void requireTime(String start, String expiry) {
    Instant now = clock.instant();
    Instant from = start.isEmpty() ? Instant.MIN : instant("st", start);
    Instant until = instant("se", expiry);
    if (from.isAfter(now) || !until.isAfter(now)) {
      throw AccessDenied.authenticationFailed(
          "Signature not valid in the specified time frame: Start [%s] - Expiry [%s] - Current [%s]"
              .formatted(
                  start.isEmpty() ? "" : HttpDates.write(from),
                  HttpDates.write(until),
                  HttpDates.write(now)));
    }
  }

  /** A time in one of the forms that a SAS may have: to the day, the minute, the second or less. */
  private static Instant instant(String name, String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      if (text.length() == 17 && text.endsWith("Z")) {
        return LocalDateTime.parse(text.substring(0, 16)).toInstant(ZoneOffset.UTC);
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw AccessDenied.authenticationFailed("%s is not a valid time: '%s'".formatted(name, text));
    }
  }

  /** Requests reach the emulator from this machine only. */
  private static void requireAddress(String range) {
    if (!range.isEmpty() && !IpRange.of(range).contains(THIS_MACHINE)) {
      throw AccessDenied.sourceAddressMismatch(THIS_MACHINE);
    }
  }

  private static void requireLetters(
      boolean account, StorageRight right, String letters, Map<String, String> sas) {
    if (account && sas.getOrDefault("ss", "").indexOf('b') < 0) {
      throw AccessDenied.serviceMismatch();
    }
    if (account && sas.getOrDefault("srt", "").indexOf(right.resourceType) < 0) {
      throw AccessDenied.resourceTypeMismatch();
    }
    String wanted = account ? right.accountLetters : right.serviceLetters;
    if (wanted.chars().noneMatch(letter -> letters.indexOf(letter) >= 0)) {
      throw AccessDenied.permissionMismatch();
    }
  }

  private static Map<String, String> headers(Map<String, String> sas) {
    Map<String, String> headers = new LinkedHashMap<>();
    OVERRIDES.forEach(
        (name, header) -> {
          String value = sas.get(name);
          if (value != null) {
            headers.put(header, value);
          }
        });
    return headers;
  }
}
