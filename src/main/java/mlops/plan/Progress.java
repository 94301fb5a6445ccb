package mlops.plan;

/** Who is told how a run goes on. Calls come from several threads, one at a time. */
public interface Progress {

  void started(Recipe.Node node);

  void said(Recipe.Node node, String line);

  void ended(StepResult result);
}
