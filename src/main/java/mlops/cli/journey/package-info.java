/**
 * All stages as one: the whole guide at once, and where in it somebody is.
 *
 * <p>No stage of its own: each is the recipe of its command in {@code cli.stage}.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.journey;
