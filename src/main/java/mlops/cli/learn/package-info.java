/**
 * The commands of those who learn.
 *
 * <p>Knows explanations and no Azure.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.learn;
