package mlops.features.materialize;

import java.util.List;
import java.util.stream.Stream;
import mlops.features.spec.FeatureSetSpec;
import mlops.file.Hashes;

/** What of a spec decides which values come out, as a short text: other texts, other values. */
public final class DefinitionHash {

  /** 16 hexadecimal digits. */
  public static String of(FeatureSetSpec spec) {
    List<String> parts =
        Stream.of(
                Stream.of(
                    spec.source().timestampColumn(),
                    spec.source().format().orElse(""),
                    spec.sourceLookback().map(Object::toString).orElse("")),
                spec.windows().stream()
                    .map(w -> w.feature() + w.sourceColumn() + w.aggregation() + w.window()),
                spec.features().stream().map(f -> "feature " + f.name() + " " + f.type()),
                spec.indexColumns().stream().map(k -> "key " + k.name() + " " + k.type()))
            .flatMap(p -> p)
            .toList();
    return Hashes.sha256(String.join("\n", parts)).substring(0, 16);
  }

  private DefinitionHash() {}
}
