/**
 * Online stores: of each key of a feature set its newest values, for lookups within a millisecond.
 *
 * <p>Knows no Azure, no terminal and no files of rows. Instants are microseconds since 1970 in UTC.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.online;
