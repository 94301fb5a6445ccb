/**
 * The data plane of storage accounts: the tables of its operations.
 *
 * <p>An operation itself is in {@code rest} or {@code dfs}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.blob;
