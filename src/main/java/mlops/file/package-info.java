/**
 * Files and folders: those that a user names for output, temporary ones, and their hashes.
 *
 * <p>Knows nothing of what is written there.
 */
@org.jspecify.annotations.NullMarked
package mlops.file;
