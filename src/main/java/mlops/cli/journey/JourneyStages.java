package mlops.cli.journey;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.yaml.SpellingSuggestion;

/** The stages of the guide for the environments of a profile, in their order. */
record JourneyStages(List<String> names) {
  static final String BOOTSTRAP = "bootstrap";
  static final String TRAIN = "train";
  static final String COMPARE = "compare";
  static final String REPORT = "report";

  /** What a guide shows beside the journey: whether GitHub is connected. */
  static final String GITHUB = "github";

  /** Also beside it: the feature store, and a training with features. */
  static final String FEATURES = "features";

  static JourneyStages of(Profile profile) {
    List<String> names = new ArrayList<>(List.of(BOOTSTRAP, TRAIN));
    for (Profile.Target target : profile.targets()) {
      names.add(promote(target));
      names.add(score(target));
    }
    names.addAll(List.of(COMPARE, REPORT));
    return new JourneyStages(names);
  }

  static String promote(Profile.Target target) {
    return "promote-" + target.name();
  }

  static String score(Profile.Target target) {
    return "score-" + target.name();
  }

  /**
   * Those from one stage to another, both included.
   *
   * @throws MlopsException INVALID where there is no such stage, or the order is the other way
   *     round
   */
  Set<String> between(String from, String until) {
    int first = index("--from", from);
    int last = index("--until", until);
    if (first > last) {
      throw MlopsException.invalid(
          "--from %s comes after --until %s".formatted(names.get(first), names.get(last)),
          inOrder());
    }
    return new LinkedHashSet<>(names.subList(first, last + 1));
  }

  private int index(String option, String written) {
    int index = names.indexOf(written.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (index < 0) {
      String meant =
          SpellingSuggestion.nearest(written, names).map("Did you mean %s? "::formatted).orElse("");
      throw MlopsException.invalid(
          "%s '%s' is no stage".formatted(option, written), meant + inOrder());
    }
    return index;
  }

  private String inOrder() {
    return "The stages are, in order: " + String.join(", ", names);
  }
}
