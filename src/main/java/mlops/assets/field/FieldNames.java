package mlops.assets.field;

import java.util.List;

/** The fields that a map in a file may have. */
public final class FieldNames {

  /** From their names with spaces between them. */
  public static List<String> of(String names) {
    return List.of(names.split(" "));
  }

  private FieldNames() {}
}
