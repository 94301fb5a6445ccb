/**
 * What GitHub says of the job that this runs in, beside the federated credentials that are to take
 * it.
 *
 * <p>Looks, and changes nothing. Keeps no token.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.github.live;
