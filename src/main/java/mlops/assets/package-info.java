/**
 * Azure ML CLI v2 files as the requests that create what they describe.
 *
 * <p>Sends nothing: whoever asks for a translation says what the workspace holds.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets;
