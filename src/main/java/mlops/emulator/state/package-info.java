/**
 * The tree of JSON documents on disk, each written atomically and durably.
 *
 * <p>Knows no service and no HTTP.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.state;
