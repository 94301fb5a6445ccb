package mlops.features.online;

import java.time.Instant;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/** How a layout of Azure's writes single values; null is a field that is not there. */
interface RedisValues {

  /**
   * A value that is not null.
   *
   * @throws mlops.error.MlopsException REFUSED where the layout cannot hold it
   */
  byte[] write(Object value, DataColumn column);

  /**
   * What a field says.
   *
   * @param ours whether {@link RedisStore} wrote it, and not Azure
   */
  @Nullable Object read(byte[] field, DataColumn column, boolean ours);

  /** A time as Python's {@code isoformat} has it, in UTC: with six digits, or none. */
  static String iso(Instant time, char between) {
    String text = time.toString().replace('T', between).replaceFirst("Z$", "");
    int dot = text.indexOf('.');
    return dot < 0 ? text : (text + "000000").substring(0, dot + 7);
  }
}
