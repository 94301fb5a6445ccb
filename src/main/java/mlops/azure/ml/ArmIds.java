package mlops.azure.ml;

import java.util.Locale;
import java.util.regex.Pattern;
import mlops.azure.Azure;
import mlops.error.MlopsException;

/** ARM ids of the things that the steps name. */
public final class ArmIds {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  public static final String MACHINE_LEARNING = "Microsoft.MachineLearningServices";

  public static String resource(Azure azure, String group, String type, String name) {
    return "%s/resourceGroups/%s/providers/%s/%s"
        .formatted(azure.subscriptionId(), group, type, name);
  }

  public static String workspace(Azure azure, String group, String name) {
    return resource(azure, group, MACHINE_LEARNING + "/workspaces", name);
  }

  /** A built-in role, by its GUID. */
  public static String roleDefinition(Azure azure, String role) {
    return azure.subscriptionId() + "/providers/Microsoft.Authorization/roleDefinitions/" + role;
  }

  /** Whether two ARM ids mean the same resource: case does not count. */
  public static boolean same(String id, String other) {
    return id.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  /** Whether a text, whoever wrote it, can be one part of an address. */
  public static boolean isName(String text) {
    return PART.matcher(text).matches();
  }

  /**
   * A name or version that a user gave, which becomes one part of an address.
   *
   * @param option the option that it came with
   * @throws MlopsException INVALID where it would not stay one part
   */
  public static String given(String option, String name) {
    if (isName(name)) {
      return name;
    }
    throw MlopsException.invalid(
        "%s is \"%s\", which is no name of anything in Azure Machine Learning"
            .formatted(option, name),
        "Names and versions are letters, digits, ., _ and -, and begin with a letter or a digit.");
  }

  private ArmIds() {}
}
