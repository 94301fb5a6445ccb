package mlops.emulator.blob.auth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.emulator.http.Request;

/** The texts that shared access signatures sign, as the REST reference writes them by version. */
final class SasStringToSign {
  /** The first version whose user delegation SAS signs parts of the request. */
  static final String REQUEST_PARTS = "2026-04-06";

  private static final List<String> OVERRIDES = List.of("rscc", "rscd", "rsce", "rscl", "rsct");

  /**
   * The text of a service SAS, or of a user delegation SAS where {@code skoid} is among the
   * parameters.
   *
   * @param resource such as {@code /blob/account/container/name}
   * @param parts of the request that it signs too, by {@link #requestParts}
   */
  static String service(Map<String, String> sas, String resource, List<String> parts) {
    String version = sas.getOrDefault("sv", "");
    boolean delegated = sas.containsKey("skoid");
    List<String> lines = values(sas, "sp", "st", "se");
    lines.add(resource);
    if (delegated) {
      lines.addAll(values(sas, "skoid", "sktid", "skt", "ske", "sks", "skv"));
      if (version.compareTo("2020-02-10") >= 0) {
        lines.addAll(values(sas, "saoid", "suoid", "scid"));
      }
      if (version.compareTo("2025-07-05") >= 0) {
        lines.addAll(values(sas, "skdutid", "sduoid"));
      }
    } else {
      lines.addAll(values(sas, "si"));
    }
    lines.addAll(values(sas, "sip", "spr", "sv"));
    if (version.compareTo("2018-11-09") >= 0) {
      lines.addAll(values(sas, "sr"));
      lines.add(sas.getOrDefault("sr", "").equals("bs") ? sas.getOrDefault("snapshot", "") : "");
    }
    if (version.compareTo("2020-12-06") >= 0) {
      lines.addAll(values(sas, "ses"));
    }
    lines.addAll(parts);
    OVERRIDES.forEach(name -> lines.addAll(values(sas, name)));
    return String.join("\n", lines);
  }

  /** Headers and query of a request, where a user delegation SAS signs them. */
  static List<String> requestParts(Map<String, String> sas, Request request) {
    return sas.containsKey("skoid") && sas.getOrDefault("sv", "").compareTo(REQUEST_PARTS) >= 0
        ? List.of(headers(sas, request), query(sas, request))
        : List.of();
  }

  /** The headers that {@code srh} names, with their values, each on a line that ends. */
  private static String headers(Map<String, String> sas, Request request) {
    return names(sas, "srh")
        .map(name -> name + ":" + Objects.requireNonNullElse(request.header(name), "") + "\n")
        .collect(Collectors.joining());
  }

  /** The parameters that {@code srq} names, with their values, each on a line that begins. */
  private static String query(Map<String, String> sas, Request request) {
    return names(sas, "srq")
        .map(name -> "\n" + name + ":" + request.queryValue(name).orElse(""))
        .collect(Collectors.joining());
  }

  private static Stream<String> names(Map<String, String> sas, String term) {
    return Arrays.stream(sas.getOrDefault(term, "").split(",")).filter(name -> !name.isEmpty());
  }

  /** The text of an account SAS. */
  static String account(Map<String, String> sas, String account) {
    List<String> lines = new ArrayList<>();
    lines.add(account);
    lines.addAll(values(sas, "sp", "ss", "srt", "st", "se", "sip", "spr", "sv"));
    if (sas.getOrDefault("sv", "").compareTo("2020-12-06") >= 0) {
      lines.addAll(values(sas, "ses"));
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> values(Map<String, String> sas, String... names) {
    return new ArrayList<>(Arrays.stream(names).map(name -> sas.getOrDefault(name, "")).toList());
  }

  private SasStringToSign() {}
}
