/**
 * The commands that tell of mlops itself: its help and its version.
 *
 * <p>Asks no Azure, and reads no profile.
 */
@org.jspecify.annotations.NullMarked
package mlops.cli.about;
