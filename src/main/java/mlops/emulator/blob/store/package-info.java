/**
 * Blobs, containers and their journal, for all who work on Azure's side of the wire.
 *
 * <p>Knows neither requests nor who asks. Failures of storage that are no denial are worded here
 * ({@code StorageErrors}); those are in {@code auth} ({@code AccessDenied}).
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.store;
