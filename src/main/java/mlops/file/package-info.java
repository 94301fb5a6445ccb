/**
 * Files and folders that a user names for output.
 *
 * <p>Knows nothing of what is written there.
 */
@org.jspecify.annotations.NullMarked
package mlops.file;
