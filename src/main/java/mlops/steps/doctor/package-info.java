/**
 * What a doctor finds of an Azure: who is logged in, what that one may do, and what is in the way
 * of a profile.
 *
 * <p>Everything here only reads, and none of it repeats what it asked.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.doctor;
