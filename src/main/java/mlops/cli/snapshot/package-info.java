/**
 * {@code mlops local save}, {@code load} and {@code list}: states of the local Azure under names.
 *
 * <p>They open no state: each works only while nobody else has it open.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.snapshot;
