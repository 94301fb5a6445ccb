package mlops.emulator.github.actions;

/**
 * Files that a job left behind.
 *
 * @param number what GitHub calls its id
 * @param size of its archive, in bytes
 */
public record RunArtifact(long number, String name, long size, String createdAt) {}
