/**
 * The recipe of {@code mlops approve}: the click of a reviewer of a job on GitHub, beside what he
 * lets go on.
 *
 * <p>Looks at models, and changes none.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.approval;
