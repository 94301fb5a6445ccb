package mlops.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one tree over another: maps are merged, everything else is replaced. */
public final class Overlay {

  /** A tree in which values come from {@code over} where it has them; each keeps its place. */
  public static YamlNode onto(YamlNode base, YamlNode over) {
    if (!(base.content() instanceof Content.Mapping below)
        || !(over.content() instanceof Content.Mapping above)) {
      return over;
    }
    Map<String, Content.Entry> entries = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach(
            (key, entry) ->
                entries.merge(
                    key,
                    entry,
                    (old, added) ->
                        new Content.Entry(old.key(), onto(old.value(), added.value()))));
    return base.with(new Content.Mapping(entries));
  }

  private Overlay() {}
}
