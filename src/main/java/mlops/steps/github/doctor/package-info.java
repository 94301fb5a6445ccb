/**
 * Why a job could not log in: the ways in which that fails, each with how it is recognised, what it
 * means and what mends it.
 *
 * <p>Reads the log, GitHub and Microsoft Graph, and changes nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.github.doctor;
