package mlops.emulator.blob;

import java.time.Instant;

/** The moment of a change and the ETag that stands for it: Azure's are 100 ns ticks in hex. */
record Stamp(String etag, Instant time) {
  private static final long YEAR_ONE_TO_1970 = 62_135_596_800L;

  static Stamp of(Instant time, long ticks) {
    return new Stamp("0x%X".formatted(ticks), time);
  }

  static long ticks(Instant time) {
    return (time.getEpochSecond() + YEAR_ONE_TO_1970) * 10_000_000L + time.getNano() / 100;
  }
}
