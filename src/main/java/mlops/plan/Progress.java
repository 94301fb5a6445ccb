package mlops.plan;

import java.util.List;

/** Receives the progress events of a run. Calls come from several threads, one at a time. */
public interface Progress {

  /** Shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void started(Recipe.Node node) {}

      @Override
      public void said(Recipe.Node node, String line) {}

      @Override
      public void watched(Recipe.Node node, List<Activity> activities) {}

      @Override
      public void ended(StepResult result) {}
    };
  }

  void started(Recipe.Node node);

  void said(Recipe.Node node, String line);

  /** What a step follows, as it stands now; replaces what it followed before. */
  void watched(Recipe.Node node, List<Activity> activities);

  void ended(StepResult result);
}
