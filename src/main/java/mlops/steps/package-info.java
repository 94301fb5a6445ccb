/**
 * What the recipes of several commands need, and the steps that they share.
 *
 * <p>Knows Azure, but neither the terminal nor the emulator.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps;
