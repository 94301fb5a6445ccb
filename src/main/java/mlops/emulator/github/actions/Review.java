package mlops.emulator.github.actions;

import java.util.List;

/**
 * What a reviewer said to jobs that waited.
 *
 * @param environments their numbers
 * @param state {@code approved} or {@code rejected}
 */
public record Review(
    List<Long> environments, String state, String comment, String login, String at) {
  public static final String APPROVED = "approved";
  public static final String REJECTED = "rejected";
}
