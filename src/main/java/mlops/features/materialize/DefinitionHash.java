package mlops.features.materialize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import mlops.features.spec.FeatureSetSpec;

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
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private DefinitionHash() {}
}
