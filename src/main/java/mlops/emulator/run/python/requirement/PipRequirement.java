package mlops.emulator.run.python.requirement;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One requirement of pip (PEP 508), such as {@code pandas[excel]>=2.2,<4; python_version>"3.8"}.
 *
 * @param name normalised as indexes do: in lower case, with {@code -}
 * @param extras with their brackets; often empty
 * @param versions the specifiers; empty where there are none, or the requirement is a URL
 * @param rest a marker with its {@code ;}, or a URL with its {@code @}
 */
public record PipRequirement(String name, String extras, String versions, String rest) {
  private static final Pattern PARTS =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(\\[[^\\]]*\\])?\\s*\\(?([=<>!~][^;@)]*)?\\)?\\s*([;@].*)?");

  private static final Pattern PIN = Pattern.compile("(?:===?|~=)\\s*([^,\\s]+)");

  /** Reads a line; one that is a path, or no requirement, is its own name. */
  public static PipRequirement parse(String line) {
    Matcher m = PARTS.matcher(line.strip());
    return m.matches()
        ? new PipRequirement(
            normalised(m.group(1)),
            m.group(2) == null ? "" : m.group(2),
            m.group(3) == null ? "" : m.group(3).replaceAll("\\s+", ""),
            m.group(4) == null ? "" : m.group(4))
        : new PipRequirement(line.strip(), "", "", "");
  }

  /** The name of a package as indexes compare it. */
  public static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
  }

  /** The version that is asked for exactly, or as the start of one; empty where several will do. */
  public Optional<String> pin() {
    Matcher pin = PIN.matcher(versions);
    return pin.matches() ? Optional.of(pin.group(1).replaceFirst("\\.\\*$", "")) : Optional.empty();
  }

  /** Whether a version is what was asked for, or no pin asks for one. */
  public boolean isMetBy(String version) {
    return pin()
        .map(pin -> isMet(pin.contains("+") ? version : publicOf(version), pin))
        .orElse(true);
  }

  /** 2.0.0 is 2.0; 2.0.1 is one of 2.0.*, and compatible with ~=2.0.0. */
  private boolean isMet(String version, String pin) {
    boolean compatible = versions.startsWith("~=");
    String start = compatible ? pin.replaceFirst("\\.[^.]*$", "") : pin;
    if (compatible || versions.endsWith("*")) {
      return (version + ".").startsWith(start + ".");
    }
    String rest = version.startsWith(pin) ? version.substring(pin.length()) : "none";
    return rest.matches("(\\.0)*");
  }

  private static String publicOf(String version) {
    return version.replaceFirst("\\+.*", "");
  }

  /** As a list has it. */
  public String written() {
    return with(versions);
  }

  /** The same with other versions. */
  public String with(String otherVersions) {
    return name + extras + otherVersions + rest;
  }
}
