/**
 * Computes: clusters, the sizes they may have, what a subscription uses of its quota.
 *
 * <p>No jobs: what runs on a cluster is the runner's.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.compute;
