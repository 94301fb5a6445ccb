/**
 * Access control lists of files and directories, as POSIX has them: who owns a path, who may do
 * what with it, and what is inherited.
 *
 * <p>Knows neither blobs nor requests.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.acl;
