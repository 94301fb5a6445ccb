/**
 * A recipe as its user sees it: rows while it runs, the report at the end.
 *
 * <p>No command: those say which recipe it is.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.run;
