/**
 * What is in an Azure as sections of a page: the guide's page has all of them, the portal one a
 * page.
 *
 * <p>Reads by the Azure SDK and the thin clients alone, so it shows the embedded Azure and the
 * public one; changes nothing, and shows no secret.
 */
@org.jspecify.annotations.NullMarked
package mlops.portal;
