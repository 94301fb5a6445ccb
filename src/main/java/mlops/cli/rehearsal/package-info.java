/**
 * {@code mlops github rehearse}: the workflow of a repository, run on this machine.
 *
 * <p>Knows the embedded clouds, for there is nothing else to rehearse on; how a workflow runs is in
 * {@code mlops.rehearsal}.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.rehearsal;
