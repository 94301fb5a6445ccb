/**
 * {@code mlops github rehearse}: the workflow of a repository, run on this machine.
 *
 * <p>Knows the embedded clouds, for there is nothing else to rehearse on.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.rehearsal;
