/**
 * {@code mlops local}: the embedded Azure opened to other tools.
 *
 * <p>The only commands that know the emulator.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.local;
