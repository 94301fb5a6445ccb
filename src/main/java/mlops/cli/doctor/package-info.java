/**
 * {@code mlops doctor}: whether this machine, the profile and its Azure are fit for the journey.
 *
 * <p>It changes nothing, waits for nothing long, and goes on where something is broken.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.doctor;
