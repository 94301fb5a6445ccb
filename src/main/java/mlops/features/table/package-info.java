/**
 * Files of rows as tables of a database, DuckDB, with the types that a spec declares, and the
 * windows that it computes.
 *
 * <p>Knows no Azure and no terminal. Instants are microseconds since 1970 in UTC.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.table;
