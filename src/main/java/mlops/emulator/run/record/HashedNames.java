package mlops.emulator.run.record;

import java.util.HexFormat;
import java.util.Locale;
import mlops.emulator.state.StandardHashes;

/** Names that are made from content. */
public final class HashedNames {

  /** The SHA-256 of a text, in hexadecimal. */
  public static String of(String text) {
    return HexFormat.of().formatHex(StandardHashes.sha256(text));
  }

  /** The same for an ARM id, whose case does not matter. */
  public static String ofId(String id) {
    return of(id.toLowerCase(Locale.ROOT)).substring(0, 24);
  }

  private HashedNames() {}
}
