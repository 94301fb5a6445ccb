/**
 * The commands of those who look: jobs, their logs, and what Azure has of a step.
 *
 * <p>They change nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.look;
