/**
 * States that are kept under a name beside the one that is worked on.
 *
 * <p>Nothing here knows what is in a state, but for which of its files never change.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.saved;
