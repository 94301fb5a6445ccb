package mlops.features.online;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureSetSpec;

/**
 * A feature set in an online store.
 *
 * @param store the id of the feature store's workspace, a GUID, which is in the keys of Redis
 * @param name of the feature set
 * @param version of the feature set
 * @param materialization the version of its materialization: 1, unless Azure says otherwise
 */
public record OnlineTable(
    String store, String name, String version, String materialization, FeatureSetSpec spec) {

  /** That of the first materialization. */
  public static OnlineTable of(String store, String name, String version, FeatureSetSpec spec) {
    return new OnlineTable(store, name, version, "1", spec);
  }

  /** {@code zone_hourly:1}. */
  public String id() {
    return name + ":" + version;
  }

  List<DataColumn> keys() {
    return spec.indexColumns();
  }

  List<DataColumn> features() {
    return spec.features();
  }

  /**
   * The oldest event that counts at an instant, both in microseconds: the lookback is inclusive.
   */
  Optional<Long> oldest(long now) {
    return spec.joinLookback().map(Duration::toNanos).map(nanos -> now - nanos / 1000);
  }
}
