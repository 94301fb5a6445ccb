package mlops.emulator.blob.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The moment of a change and the ETag that stands for it: Azure's are 100 ns ticks in hex. */
public record ChangeStamp(String etag, Instant time) {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final long YEAR_ONE_TO_1970 = 62_135_596_800L;

  static ChangeStamp of(Instant time, long ticks) {
    return new ChangeStamp("0x%X".formatted(ticks), time);
  }

  /** The moment that the ETag stands for, to 100 ns, as snapshots are known by. */
  public String exactly() {
    long ticks = Long.parseLong(etag.substring(2), 16) - YEAR_ONE_TO_1970 * 10_000_000L;
    Instant time = Instant.ofEpochSecond(ticks / 10_000_000L, ticks % 10_000_000L * 100);
    return EXACT.format(time);
  }

  public static long ticks(Instant time) {
    return (time.getEpochSecond() + YEAR_ONE_TO_1970) * 10_000_000L + time.getNano() / 100;
  }
}
