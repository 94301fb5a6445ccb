package mlops.rehearsal;

import java.util.Optional;
import mlops.emulator.github.actions.DeploymentReviews.Pending;
import mlops.emulator.github.actions.Review;
import mlops.emulator.github.actions.WorkflowRun;

/** Who is asked when a job waits for a reviewer. */
public interface ReviewDesk {

  /**
   * A job begins to wait. The answer, or empty where it comes by another way: by GitHub's API.
   *
   * @throws mlops.error.MlopsException where nobody could ever answer
   */
  Optional<Review> ask(WorkflowRun run, Pending pending);
}
