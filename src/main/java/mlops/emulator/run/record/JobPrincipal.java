package mlops.emulator.run.record;

/**
 * Who a job is when it reads and writes storage.
 *
 * @param objectId in the directory
 * @param words for an error, such as {@code the managed identity x of compute y}
 */
public record JobPrincipal(String objectId, String words) {}
