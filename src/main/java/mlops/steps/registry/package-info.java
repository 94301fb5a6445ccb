/**
 * What is in a registry, who may use it, and which deployments do.
 *
 * <p>Promotes nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.registry;
