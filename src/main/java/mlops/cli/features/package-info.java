/**
 * The commands {@code mlops features …}.
 *
 * <p>Opens stores and hands them on: no SQL, and no request of its own.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.features;
