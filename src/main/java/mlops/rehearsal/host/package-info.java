/**
 * What the runner has of this machine: folders, the files of the repository, the way to the clouds.
 *
 * <p>Knows no job.
 */
@org.jspecify.annotations.NullMarked
package mlops.rehearsal.host;
