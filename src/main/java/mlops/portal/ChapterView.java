package mlops.portal;

import java.util.List;
import java.util.Optional;
import mlops.explain.Explanation;
import mlops.explain.GuideChapter;

/**
 * A chapter of the guide, and how far it is.
 *
 * @param here whether it is the one that comes next
 * @param steps in the order of the journey
 */
public record ChapterView(GuideChapter chapter, boolean here, List<Step> steps) {

  /**
   * A step of the journey.
   *
   * @param stands whether what it makes true is true already
   * @param found why it stands, or what differs
   * @param requests what was asked of Azure to see it, such as {@code GET https://… 200}; empty
   *     where nobody noted it
   */
  public record Step(
      String id,
      String title,
      boolean stands,
      String found,
      Optional<Explanation> explanation,
      List<String> requests) {}

  public ChapterView {
    steps = List.copyOf(steps);
  }

  long done() {
    return steps.stream().filter(Step::stands).count();
  }
}
