/**
 * The functions of ARM templates that depend on their arguments alone.
 *
 * <p>Knows no template and no deployment: those functions are in {@code language}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.template.function;
