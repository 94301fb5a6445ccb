/**
 * What a Python environment is to hold, as conda files and lists of pip say it.
 *
 * <p>Knows texts, not machines.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.python.requirement;
