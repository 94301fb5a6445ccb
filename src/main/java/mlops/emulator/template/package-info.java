/**
 * Template deployments: validate, plan, run.
 *
 * <p>The language of templates is in {@code language}; resources are made through the router only.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.template;
