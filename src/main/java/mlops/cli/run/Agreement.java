package mlops.cli.run;

import java.util.List;
import mlops.cli.session.Session;
import mlops.plan.StepResult;

/** Asked once before a recipe runs, when its plan has been shown. */
@FunctionalInterface
public interface Agreement {

  /**
   * Returns where somebody agrees.
   *
   * @param needed the steps that would change something
   * @throws mlops.error.MlopsException INVALID where nobody does
   */
  void to(Session session, List<StepResult.Planned> needed);
}
