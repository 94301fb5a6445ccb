package mlops.explain;

import java.util.List;

/**
 * A chapter of the guide, in the names of a profile.
 *
 * @param id short and unique, such as {@code set-up} or the name of an environment
 * @param stages the stages of the journey that it is about
 * @param next the lines that do all of it
 */
public record GuideChapter(
    String id,
    List<String> stages,
    String title,
    String text,
    List<String> next,
    List<Exercise> exercises) {

  /** Something that is broken on purpose, and mended. */
  public record Exercise(String about, List<Line> lines) {}

  /**
   * A line of a shell.
   *
   * @param ends the exit code that it ends with
   */
  public record Line(String line, int ends) {}

  public GuideChapter {
    stages = List.copyOf(stages);
    next = List.copyOf(next);
    exercises = List.copyOf(exercises);
  }
}
