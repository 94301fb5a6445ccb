package mlops.emulator.run.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Some files that a scoring script is given at once. */
record MiniBatch(int index, List<Path> files) {

  static List<MiniBatch> of(List<Path> files, int size) {
    List<MiniBatch> batches = new ArrayList<>();
    for (int start = 0; start < files.size(); start += size) {
      List<Path> some = files.subList(start, Math.min(start + size, files.size()));
      batches.add(new MiniBatch(batches.size(), some));
    }
    return batches;
  }
}
