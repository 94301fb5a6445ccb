/**
 * A model is shared once, in a registry, with the environment that it is scored in; targets deploy
 * it from there by its id.
 *
 * <p>Only the delivery and the shared model are public; nothing here deploys.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.share;
