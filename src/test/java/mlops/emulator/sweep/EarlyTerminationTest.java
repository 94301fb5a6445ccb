package mlops.emulator.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The policies that end trials, by the examples of Microsoft's documentation. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EarlyTerminationTest {
  private static final Objective MOST = new Objective("m", true);
  private static final Objective LEAST = new Objective("m", false);

  private static EarlyTermination policy(String yaml) {
    try {
      SweepReader reader = new SweepReader("policy", new YAMLMapper().readTree(yaml));
      return EarlyTermination.of(reader).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ends(
      String policy, Objective objective, List<Double> own, List<List<Double>> others) {
    List<List<Double>> all = new ArrayList<>(others);
    all.add(own);
    return policy(policy).ends(objective, own, 0, all);
  }

  @Test
  void a_bandit_ends_what_is_out_of_its_slack() {
    String ratio = "{policyType: Bandit, slackFactor: 0.2}";
    assertTrue(ends(ratio, MOST, List.of(0.66), List.of(List.of(0.8))));
    assertFalse(ends(ratio, MOST, List.of(0.67), List.of(List.of(0.8))));
    assertTrue(ends(ratio, LEAST, List.of(1.21), List.of(List.of(1.0))));
    assertFalse(ends(ratio, LEAST, List.of(1.19), List.of(List.of(1.0))));
    assertFalse(ends(ratio, MOST, List.of(-1.1), List.of(List.of(-1.0))));
    String amount = "{policy_type: bandit, slack_amount: 0.1}";
    assertTrue(ends(amount, MOST, List.of(0.65), List.of(List.of(0.8))));
    assertFalse(ends(amount, MOST, List.of(0.75), List.of(List.of(0.8))));
  }

  @Test
  void a_policy_looks_at_multiples_of_its_interval_from_its_delay_on() {
    String late = "{policyType: Bandit, slackFactor: 0, evaluationInterval: 2, delayEvaluation: 3}";
    List<List<Double>> better = List.of(List.of(1.0, 1.0, 1.0, 1.0));
    assertFalse(ends(late, MOST, List.of(0.1, 0.1, 0.1), better));
    assertTrue(ends(late, MOST, List.of(0.1, 0.1, 0.1, 0.1), better));
    List<Double> own = List.of(0.1, 0.1, 0.1, 0.1);
    assertFalse(policy(late).ends(MOST, own, 4, List.of(own, better.get(0))), "seen before");
  }

  @Test
  void a_trial_is_compared_with_what_others_had_at_the_same_interval() {
    String strict = "{policyType: Bandit, slackFactor: 0}";
    assertFalse(ends(strict, MOST, List.of(0.5), List.of(List.of(0.4, 0.9))));
  }

  @Test
  void the_median_is_that_of_running_averages() {
    String median = "{policyType: MedianStopping, evaluationInterval: 1}";
    List<List<Double>> others = List.of(List.of(0.2, 0.4), List.of(0.6, 0.8));
    assertTrue(ends(median, MOST, List.of(0.1, 0.25), others), "0.25 is below 0.3");
    assertFalse(ends(median, MOST, List.of(0.9, 0.35), others));
  }

  @Test
  void truncation_ends_the_worst_of_a_hundred() {
    String fifth = "{policyType: TruncationSelection, truncationPercentage: 20}";
    List<List<Double>> four = List.of(List.of(0.2), List.of(0.3), List.of(0.4), List.of(0.5));
    assertTrue(ends(fifth, MOST, List.of(0.1), four));
    assertFalse(ends(fifth, MOST, List.of(0.25), four));
    assertTrue(ends(fifth, LEAST, List.of(0.6), four));
    assertFalse(ends(fifth, MOST, List.of(0.1), four.subList(0, 3)), "a fifth of four is none");
  }

  @Test
  void the_best_value_is_by_the_goal_and_a_number() {
    assertEquals(Optional.of(3.0), MOST.best(List.of(1.0, 3.0, Double.NaN)));
    assertEquals(Optional.of(1.0), LEAST.best(List.of(2.0, 1.0)));
    assertEquals(Optional.empty(), MOST.best(List.of()));
    assertThrows(ApiException.class, () -> policy("{policyType: Guess}"));
  }
}
