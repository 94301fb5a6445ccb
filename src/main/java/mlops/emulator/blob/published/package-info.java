/**
 * Data that others publish in the Internet, laid into the state by the user, under its own URLs.
 *
 * <p>Knows URLs and keeps blobs; who reads them, and how, is not its business.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.published;
