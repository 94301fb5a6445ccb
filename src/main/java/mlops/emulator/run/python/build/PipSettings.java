package mlops.emulator.run.python.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How pip is set up on this machine, for uv, which does not read it: a company's index is in {@code
 * pip.conf} or {@code PIP_INDEX_URL} (pip.pypa.io, "Configuration").
 *
 * @param values by the names of pip's options
 */
record PipSettings(Map<String, String> values) {
  /** What pip calls it, and what uv does. */
  private static final Map<String, String> OF_UV =
      Map.of(
          "index-url", "UV_DEFAULT_INDEX",
          "extra-index-url", "UV_EXTRA_INDEX_URL",
          "find-links", "UV_FIND_LINKS",
          "cert", "SSL_CERT_FILE",
          "proxy", "ALL_PROXY",
          "trusted-host", "UV_INSECURE_HOST",
          "keyring-provider", "UV_KEYRING_PROVIDER",
          "timeout", "UV_HTTP_TIMEOUT",
          "default-timeout", "UV_HTTP_TIMEOUT");

  /** Those of the user: of its files, the later ones stronger, then of its variables. */
  static PipSettings ofUser() {
    Map<String, String> variables = System.getenv();
    Path home = Path.of(System.getProperty("user.home"));
    Map<String, String> values = new LinkedHashMap<>();
    List<Path> files =
        List.of(
            Path.of("/etc/pip.conf"),
            home.resolve(".pip/pip.conf"),
            home.resolve(".config/pip/pip.conf"),
            home.resolve("Library/Application Support/pip/pip.conf"),
            home.resolve("AppData/Roaming/pip/pip.ini"),
            Path.of(variables.getOrDefault("PIP_CONFIG_FILE", "/dev/null")));
    files.forEach(file -> values.putAll(of(file)));
    variables.forEach(
        (name, value) -> {
          if (name.startsWith("PIP_") && !value.isEmpty()) {
            values.put(name.substring(4).toLowerCase(Locale.ROOT).replace('_', '-'), value);
          }
        });
    return new PipSettings(values);
  }

  /** The options for all commands and for install that are in a file of pip. */
  static Map<String, String> of(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      return values;
    }
    try {
      boolean ours = false;
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("[")) {
          ours = List.of("[global]", "[install]").contains(line.strip());
        } else if (ours && line.matches("[\\w-]+\\s*[=:].*")) {
          String[] both = line.split("\\s*[=:]\\s*", 2);
          values.put(both[0].replace('_', '-'), both[1].strip());
        }
      }
    } catch (IOException e) {
      return values; // one that pip cannot read either
    }
    return values;
  }

  /** Whether nothing is to be fetched from an index. */
  boolean offline() {
    return values.containsKey("no-index");
  }

  /** The variables that tell uv the same; what the user tells uv itself counts more. */
  Map<String, String> forUv() {
    Map<String, String> variables = new LinkedHashMap<>();
    OF_UV.forEach(
        (pip, uv) -> {
          String value = values.getOrDefault(pip, "");
          if (!value.isEmpty() && !System.getenv().containsKey(uv)) {
            variables.put(uv, value.replaceAll("\\s+", separator(pip)));
          }
        });
    return variables;
  }

  /** pip separates places by blanks; so does uv, but for folders. */
  private static String separator(String option) {
    return option.equals("find-links") ? "," : " ";
  }
}
