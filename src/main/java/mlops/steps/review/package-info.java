/**
 * {@code compare}, {@code report} and {@code status}: what is there, and whether it agrees.
 *
 * <p>Reads Azure and writes pages; changes nothing in Azure.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.review;
