package mlops.emulator.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What the commands of an environment are run with.
 *
 * @param programs the folder with {@code python}
 * @param notes what differs from the environment on Azure, for the log of the job
 */
record Python(String programs, List<String> notes) {

  /** The same with further notes. */
  Python with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Python(programs, all);
  }
}
