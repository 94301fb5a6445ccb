/**
 * Inputs and outputs of jobs and components, and what binds them.
 *
 * <p>No jobs: those are in {@code assets.job}.
 */
@org.jspecify.annotations.NullMarked
package mlops.assets.io;
