package mlops.emulator.template.export;

import java.util.ArrayList;
import java.util.List;

/**
 * The id of a resource of a group, in its parts.
 *
 * @param namespace such as {@code Microsoft.Storage}
 * @param types such as {@code storageAccounts}, and those of what lies inside
 * @param names one for each type
 */
record ExportedId(String text, String namespace, List<String> types, List<String> names) {

  static ExportedId of(String id) {
    String[] parts = id.split("/");
    List<String> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 7; i + 1 < parts.length; i += 2) {
      types.add(parts[i]);
      names.add(parts[i + 1]);
    }
    return new ExportedId(id, parts[6], types, names);
  }

  /** Such as {@code Microsoft.Storage/storageAccounts/blobServices}. */
  String type() {
    return namespace + "/" + String.join("/", types);
  }

  /** The id of what the resource lies in, if it lies in one that a template makes. */
  String parent() {
    return String.join("/", List.of(text.split("/")).subList(0, 9));
  }

  boolean isInside() {
    return types.size() > 1;
  }
}
