package mlops.error;

/**
 * A mistake in a file of the user.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record LocatedMistake(String file, int line, int column, String message) {}
