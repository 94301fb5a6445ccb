package mlops.emulator.run.python.build;

import java.nio.file.Path;
import java.util.List;

/** A program that makes environments and installs packages. */
interface Builder {

  /** What it is called. */
  String name();

  /** Makes an empty environment. */
  BuildProcess.Ended create(Path environment);

  /**
   * Installs packages into an environment, all or none.
   *
   * @param options of pip, such as {@code --index-url} and its value
   * @param onlyBuilt whether packages that hold compiled code are only to be had ready for this
   *     Python: building an old one takes minutes, and seldom ends well
   */
  BuildProcess.Ended install(
      Path environment, List<String> packages, List<String> options, boolean onlyBuilt);

  /**
   * Whether a failure says nothing of the packages, and so fails whatever is asked for: as where an
   * index cannot be reached.
   */
  boolean isGeneral(BuildProcess.Ended failure);
}
