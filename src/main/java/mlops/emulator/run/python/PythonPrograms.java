package mlops.emulator.run.python;

import java.util.ArrayList;
import java.util.List;

/**
 * What the commands of an environment are run with.
 *
 * @param programs the folder with {@code python}
 * @param notes what differs from the environment on Azure, for the log of the job
 */
public record PythonPrograms(String programs, List<String> notes) {

  /** The same with further notes. */
  PythonPrograms with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new PythonPrograms(programs, all);
  }
}
