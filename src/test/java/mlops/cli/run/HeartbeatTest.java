package mlops.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeartbeatTest {
  private final AtomicLong second = new AtomicLong();

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.ofEpochSecond(second.get());
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void a_silent_job_is_told_of_after_twenty_seconds_and_then_each_minute() {
    Heartbeat heartbeat = new Heartbeat(clock);
    List<Long> due = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      second.set(i);
      if (i == 100) {
        heartbeat.said();
      }
      if (heartbeat.isDue()) {
        due.add((long) i);
      }
    }
    assertEquals(List.of(20L, 80L, 120L, 180L), due);
  }
}
