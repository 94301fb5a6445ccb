/**
 * The part of GitHub's REST API that is about workflows: their files, runs, jobs, logs, and the
 * deployments that wait for a reviewer; and the address where a running job asks for its token.
 *
 * <p>Each route names the right that it asks for.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.workflow;
