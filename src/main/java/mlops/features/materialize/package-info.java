/**
 * Feature values computed ahead: those of a window of time into the offline store, a Delta table,
 * and the newest of each key into an online store.
 *
 * <p>Knows no Azure and no terminal. Instants in tables are microseconds since 1970 in UTC.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.materialize;
