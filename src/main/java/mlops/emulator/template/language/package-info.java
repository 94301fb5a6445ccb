/**
 * The expressions of ARM templates: parser, functions, evaluation.
 *
 * <p>Sends nothing and keeps nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.template.language;
