/**
 * The operations of {@code {account}.dfs.core.windows.net}: file systems, paths, access control.
 *
 * <p>Content and rules of blobs are those of the packages below: nothing is stored here.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.dfs;
