package mlops.emulator.template;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where copy loops stand: their indexes by name, and the innermost under the empty name. */
record Loop(Map<String, Integer> indexes) {
  static final Loop NONE = new Loop(Map.of());

  Loop at(String name, int index) {
    Map<String, Integer> more = new HashMap<>(indexes);
    more.put(name.toLowerCase(Locale.ROOT), index);
    more.put("", index);
    return new Loop(more);
  }

  int index(String name) {
    Integer index = indexes.get(name.toLowerCase(Locale.ROOT));
    if (index == null) {
      throw Invalid.template("The template function 'copyIndex' is not expected at this location");
    }
    return index;
  }
}
