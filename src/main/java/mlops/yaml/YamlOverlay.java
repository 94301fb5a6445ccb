package mlops.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one tree over another: maps are merged, everything else is replaced. */
public final class YamlOverlay {

  /** A tree in which values come from {@code over} where it has them; each keeps its place. */
  public static YamlNode onto(YamlNode base, YamlNode over) {
    if (!(base.content() instanceof YamlContent.Mapping below)
        || !(over.content() instanceof YamlContent.Mapping above)) {
      return over;
    }
    Map<String, YamlContent.Entry> entries = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach(
            (key, entry) ->
                entries.merge(
                    key,
                    entry,
                    (old, added) ->
                        new YamlContent.Entry(old.key(), onto(old.value(), added.value()))));
    return base.with(new YamlContent.Mapping(entries));
  }

  private YamlOverlay() {}
}
