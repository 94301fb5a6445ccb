/**
 * Pages in HTML: markup that cannot be broken by what stands in it, tables, pictures, the style.
 *
 * <p>Knows no Azure but for what is a secret of it, which no page shows.
 */
@org.jspecify.annotations.NullMarked
package mlops.html;
