/**
 * Whether training and serving agree: values of the join beside those of the online store, and why
 * they differ where they do.
 *
 * <p>Knows no Azure and no terminal.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.skew;
