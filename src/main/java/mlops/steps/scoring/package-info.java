/**
 * {@code batch-score}: an endpoint is invoked, followed, and its predictions fetched.
 *
 * <p>Only the recipe and its result are public; no step of another recipe is used here.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.scoring;
