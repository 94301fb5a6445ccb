/**
 * The recipe of {@code mlops drift}: the looks of bootstrap and promotion asked together, and those
 * that only drift has: roles that nobody asked for, and files of models.
 *
 * <p>Changes nothing; what mends a difference is the command whose look found it.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.drift;
