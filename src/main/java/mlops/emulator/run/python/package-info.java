/**
 * Python environments, built once and kept.
 *
 * <p>Knows environments, not jobs.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.python;
