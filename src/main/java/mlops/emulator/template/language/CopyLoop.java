package mlops.emulator.template.language;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where copy loops stand: their indexes by name, and the innermost under the empty name. */
public record CopyLoop(Map<String, Integer> indexes) {
  public static final CopyLoop NONE = new CopyLoop(Map.of());

  public CopyLoop at(String name, int index) {
    Map<String, Integer> more = new HashMap<>(indexes);
    more.put(name.toLowerCase(Locale.ROOT), index);
    more.put("", index);
    return new CopyLoop(more);
  }

  int index(String name) {
    Integer index = indexes.get(name.toLowerCase(Locale.ROOT));
    if (index == null) {
      throw TemplateErrors.template(
          "The template function 'copyIndex' is not expected at this location");
    }
    return index;
  }
}
