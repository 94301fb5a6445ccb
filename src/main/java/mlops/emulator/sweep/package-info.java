/**
 * What a sweep tries next, and which trials it stops.
 *
 * <p>Knows no jobs, no files and no clock.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.sweep;
