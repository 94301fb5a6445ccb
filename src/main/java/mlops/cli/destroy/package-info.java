/**
 * {@code mlops destroy}: what goes is shown, somebody agrees, and it goes.
 *
 * <p>Knows no Azure: what goes, and in which order, is the recipe's.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.destroy;
