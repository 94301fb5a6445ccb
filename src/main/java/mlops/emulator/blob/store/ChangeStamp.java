package mlops.emulator.blob.store;

import java.time.Instant;

/** The moment of a change and the ETag that stands for it: Azure's are 100 ns ticks in hex. */
public record ChangeStamp(String etag, Instant time) {
  private static final long YEAR_ONE_TO_1970 = 62_135_596_800L;

  static ChangeStamp of(Instant time, long ticks) {
    return new ChangeStamp("0x%X".formatted(ticks), time);
  }

  public static long ticks(Instant time) {
    return (time.getEpochSecond() + YEAR_ONE_TO_1970) * 10_000_000L + time.getNano() / 100;
  }
}
