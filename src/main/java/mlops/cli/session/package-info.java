/**
 * What every command has: global options, the session, failures and the JSON document.
 *
 * <p>No command and no recipe.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.session;
