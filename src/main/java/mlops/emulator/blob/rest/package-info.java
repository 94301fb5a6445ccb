/**
 * The operations of {@code {account}.blob.core.windows.net}.
 *
 * <p>One class for a family of operations; they do not call the DFS side, and store nothing
 * themselves.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob.rest;
