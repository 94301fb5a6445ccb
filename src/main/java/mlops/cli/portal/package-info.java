/**
 * {@code mlops local portal}: starts the portal, and says how to open it.
 *
 * <p>What the pages show is in {@code mlops.portal}.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.portal;
