package mlops.emulator.run.python;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the commands of an environment are run with.
 *
 * @param programs the folder with {@code python}
 * @param instead the image that this stands in for, whose other programs are not there; empty where
 *     only packages of Python were asked for
 * @param notes what differs from the environment on Azure, for the log of the job
 * @param variables that the conda file sets; a job's own come before them
 */
public record PythonPrograms(
    String programs, String instead, List<String> notes, Map<String, String> variables) {

  /** The folder of the environment, or empty where there is none. */
  public String environment() {
    Path parent = Path.of(programs).getParent();
    return programs.isEmpty() || parent == null ? "" : parent.toString();
  }

  /** The same with variables of a conda file. */
  PythonPrograms setting(Map<String, String> others) {
    return new PythonPrograms(programs, instead, notes, others);
  }

  /** The same with further notes. */
  PythonPrograms with(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new PythonPrograms(programs, instead, all, variables);
  }

  /** The same in place of an image. */
  PythonPrograms inPlaceOf(String image) {
    return new PythonPrograms(programs, image, notes, variables);
  }
}
