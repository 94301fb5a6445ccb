/**
 * Resource groups as templates: {@code exportTemplate}.
 *
 * <p>Asks for resources as a client does, in the name of who exports them.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.template.export;
