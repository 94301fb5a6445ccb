/**
 * The point-in-time join of feature values to observations, from files to a file.
 *
 * <p>Knows no Azure and no terminal. Instants are microseconds since 1970 in UTC.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.join;
