package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for names in a workspace; some of them become names of files where a job runs. */
public final class ResourceNames {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
  private static final Pattern FILE = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");

  /** Checks the name of an asset, a job or a deployment. */
  public static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MlErrors.userError(400, "Request is invalid and/or missing fields.")
          .withDetail(
              "RequestInvalid",
              "Resource name is invalid. Resource name can only contain alphanumeric characters, dashes, and underscores, with a limit of 255 characters. It was '%s'."
                  .formatted(name.length() > 300 ? name.substring(0, 300) + "…" : name));
    }
  }

  /** A version is any text that fits into one segment of a path. */
  public static void checkVersion(String version) {
    if (version.isBlank() || version.indexOf('/') >= 0 || version.length() > 255) {
      throw MlErrors.userError(400, "The version '%s' is invalid.".formatted(version));
    }
  }

  /**
   * Asks that the inputs and outputs of a job and of its children are named as Azure asks for it.
   *
   * @throws mlops.emulator.http.ApiException 400 for a name that is no identifier
   */
  public static void checkJob(JsonNode job) {
    for (String part : List.of("inputs", "outputs")) {
      job.path(part).fieldNames().forEachRemaining(name -> identifier(part, name));
    }
    for (JsonNode child : job.path("jobs")) {
      checkJob(child);
    }
  }

  private static void identifier(String part, String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw MlErrors.userError(
          400,
          "The name '%s' among the %s of the job is not valid: letters, digits and underscores, and no digit first."
              .formatted(name, part));
    }
  }

  /**
   * Asks that a file can have this name.
   *
   * @throws mlops.emulator.http.ApiException 400 for one that is a path
   */
  public static void checkFile(String field, String name) {
    if (!FILE.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw MlErrors.userError(
          400, "The %s '%s' is not the name of a file.".formatted(field, name));
    }
  }

  private ResourceNames() {}
}
