package mlops.emulator.blob.auth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The texts that shared access signatures sign, as the REST reference writes them by version. */
final class SasStringToSign {
  private static final List<String> OVERRIDES = List.of("rscc", "rscd", "rsce", "rscl", "rsct");

  /**
   * The text of a service SAS, or of a user delegation SAS where {@code skoid} is among the
   * parameters.
   *
   * @param resource such as {@code /blob/account/container/name}
   */
  static String service(Map<String, String> sas, String resource) {
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
      lines.addAll(values(sas, "sr", "snapshot"));
    }
    if (version.compareTo("2020-12-06") >= 0) {
      lines.addAll(values(sas, "ses"));
    }
    OVERRIDES.forEach(name -> lines.addAll(values(sas, name)));
    return String.join("\n", lines);
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
