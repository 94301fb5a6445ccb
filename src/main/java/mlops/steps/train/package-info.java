/**
 * {@code train}: the recipe and the steps that submit, follow and judge a job.
 *
 * <p>Only what the command shows is public; no step of another recipe is used here.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.train;
