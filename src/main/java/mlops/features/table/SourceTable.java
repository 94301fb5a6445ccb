package mlops.features.table;

import mlops.features.spec.FeatureSetSpec;

/**
 * A feature set, and where its rows are.
 *
 * @param id {@code zone_hourly:1}
 */
public record SourceTable(String id, FeatureSetSpec spec, TableFile file) {}
