/**
 * Blobs, containers and their journal, for all who work on Azure's side of the wire.
 *
 * <p>Knows neither HTTP nor who asks; storage's failures are worded here.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.store;
