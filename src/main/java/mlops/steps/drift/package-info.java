/**
 * The recipe of {@code mlops drift}: the looks of bootstrap and promotion asked together, and those
 * that only drift has: roles and logins that nobody asked for, and files of models. Where there is
 * a feature store or a connected repository, the looks of features apply and github connect, too.
 *
 * <p>Changes nothing; what mends a difference is the command whose look found it.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.drift;
