package mlops.steps.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The predictions of a target beside those of the first one, as far as both are there.
 *
 * @param environments the two targets; one where there is nothing to compare it with
 */
record ComparedTargets(
    List<String> environments,
    Optional<PredictionComparison> comparison,
    Optional<PredictionHistogram> histogram) {

  /** Each later target beside the first; the first alone where there is no other. */
  static List<ComparedTargets> all(List<DownloadedPredictions> targets, double tolerance) {
    List<ComparedTargets> all = new ArrayList<>();
    for (int i = 1; i < targets.size(); i++) {
      all.add(of(List.of(targets.get(0), targets.get(i)), tolerance));
    }
    return targets.size() == 1 ? List.of(of(targets, tolerance)) : all;
  }

  private static ComparedTargets of(List<DownloadedPredictions> targets, double tolerance) {
    List<Optional<PredictionFile>> files =
        targets.stream().map(DownloadedPredictions::find).toList();
    boolean both = files.size() == 2 && files.stream().allMatch(Optional::isPresent);
    return new ComparedTargets(
        targets.stream().map(DownloadedPredictions::environment).toList(),
        both
            ? Optional.of(
                PredictionComparison.of(
                    files.get(0).orElseThrow(), files.get(1).orElseThrow(), tolerance))
            : Optional.empty(),
        PredictionHistogram.of(files));
  }

  /** Their names: {@code test and prod}. */
  String names() {
    return String.join(" and ", environments);
  }

  boolean isPair() {
    return environments.size() == 2;
  }
}
