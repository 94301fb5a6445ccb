/**
 * {@code mlops local}: the embedded Azure opened to other tools.
 *
 * <p>With {@code cli.snapshot}, {@code cli.doctor}, {@code cli.fault} and {@code cli.rehearsal} the
 * only commands that know the emulator; none of them changes the Azure of a profile.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.local;
