/**
 * What all sections share: how much of an Azure is shown, where links lead, figures, facts.
 *
 * <p>Knows no single section.
 */
@org.jspecify.annotations.NullMarked
package mlops.portal.shown;
