/**
 * Pipelines: their children, what binds them to each other, and what was done before.
 *
 * <p>How a child does its work is in the packages of the kinds of jobs.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.pipeline;
