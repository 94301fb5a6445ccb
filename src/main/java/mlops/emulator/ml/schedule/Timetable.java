package mlops.emulator.ml.schedule;

import java.time.ZonedDateTime;
import java.util.Optional;

/** Times that come again and again. */
interface Timetable {

  /**
   * The first time later than this.
   *
   * @param after in the time zone that the times are in
   */
  Optional<ZonedDateTime> next(ZonedDateTime after);
}
