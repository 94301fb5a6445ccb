/**
 * Finds the Pythons of the machine and makes environments with them, by uv or by pip.
 *
 * <p>Knows programs and packages, not environments of Azure.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.python.build;
