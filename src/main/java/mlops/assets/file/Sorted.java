package mlops.assets.file;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plain values with the keys of all maps in order. */
final class Sorted {

  static @Nullable Object of(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), of(item)));
      return sorted;
    }
    return value instanceof List<?> list ? list.stream().map(Sorted::of).toList() : value;
  }

  private Sorted() {}
}
