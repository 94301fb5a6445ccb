/**
 * The commands {@code mlops features …}.
 *
 * <p>Knows no Azure and no database.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.features;
