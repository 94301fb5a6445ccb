/**
 * Failures that a user can act on.
 *
 * <p>Imports nothing of ours; failures on the wire of the embedded Azure are its {@code
 * ApiException}.
 */
@org.jspecify.annotations.NullMarked
package mlops.error;
