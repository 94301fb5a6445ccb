package mlops.assets;

import java.util.List;

/** The fields that a map in a file may have. */
final class Fields {

  /** From their names with spaces between them. */
  static List<String> of(String names) {
    return List.of(names.split(" "));
  }

  private Fields() {}
}
