package mlops.emulator.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sweeps try: each way of sampling, each parameter expression. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SamplingTest {

  private static List<Map<String, JsonNode>> drawn(String sampling, String space, int most) {
    Sampler sampler = settings(sampling, space).sampler();
    List<Map<String, JsonNode>> all = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      sampler.next().ifPresent(all::add);
    }
    return all;
  }

  private static SweepSettings settings(String sampling, String space) {
    String job =
        "{'objective':{'goal':'Minimize','primaryMetric':'m'},'samplingAlgorithm':%s,'searchSpace':%s}"
            .formatted(sampling, space);
    try {
      return SweepSettings.of(Json.MAPPER.readTree(job.replace('\'', '"')));
    } catch (IOException e) {
      throw new AssertionError(job, e);
    }
  }

  private static String random(int seed) {
    return "{'samplingAlgorithmType':'Random','seed':%d}".formatted(seed);
  }

  @Test
  void a_grid_is_every_combination_once_in_order() {
    String space = "{'a':['choice',[['x','y']]],'b':{'type':'choice','values':[1,true,0.5]}}";
    assertEquals("6", settings("'grid'", space).space().sizeText());
    assertEquals(
        "[{a=\"x\", b=1}, {a=\"x\", b=true}, {a=\"x\", b=0.5}, {a=\"y\", b=1}, {a=\"y\", b=true}, {a=\"y\", b=0.5}]",
        drawn("'grid'", space, 10).toString());
    assertThrows(ApiException.class, () -> settings("'grid'", "{'a':['uniform',[0,1]]}"));
  }

  @Test
  void a_seed_decides_and_a_small_space_is_used_up() {
    String space = "{'a':['uniform',[0,1]],'b':['normal',[0,1]]}";
    assertEquals(drawn(random(7), space, 5), drawn(random(7), space, 5));
    assertNotEquals(drawn(random(7), space, 5), drawn(random(8), space, 5));
    assertEquals("infinite_space_size", settings("'random'", space).space().sizeText());
    List<Map<String, JsonNode>> few = drawn("'random'", "{'a':['randint',[3]]}", 10);
    assertEquals(3, few.size());
    assertEquals(3, few.stream().distinct().count());
  }

  @ParameterizedTest
  @CsvSource({
    "'randint',[10],0,9,1",
    "'uniform',[2.5;3.5],2.5,3.5,0",
    "'quniform',[1;20;5],0,20,5",
    "'loguniform',[-2;0],0.1353,1,0",
    "'qloguniform',[0;3;2],0,20,2",
    "'normal',[10;1],4,16,0",
    "'qnormal',[10;1;0.5],4,16,0.5",
    "'lognormal',[0;0.5],0.05,20,0",
    "'qlognormal',[1;0.5;1],0,60,1"
  })
  void each_expression_stays_within_its_bounds_and_on_its_steps(
      String type, String parts, double least, double most, double step) {
    String space = "{'p':['%s',%s]}".formatted(type, parts.replace(';', ','));
    List<Map<String, JsonNode>> all = drawn(random(1), space, 300);
    assertTrue(all.size() >= 3, all::toString);
    for (Map<String, JsonNode> one : all) {
      double value = value(one, "p");
      assertTrue(value >= least && value <= most, one::toString);
      assertTrue(step == 0 || value % step == 0, one::toString);
      assertEquals(
          step >= 1, Objects.requireNonNull(one.get("p")).isIntegralNumber(), one::toString);
    }
  }

  private static double value(Map<String, JsonNode> trial, String name) {
    return Objects.requireNonNull(trial.get(name)).doubleValue();
  }

  @Test
  void normal_values_have_their_mean_and_deviation() {
    double[] all =
        drawn(random(3), "{'p':['normal',[5,2]]}", 4000).stream()
            .mapToDouble(p -> value(p, "p"))
            .toArray();
    double mean = DoubleStream.of(all).average().orElseThrow();
    double variance =
        DoubleStream.of(all).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertEquals(5, mean, 0.15);
    assertEquals(2, Math.sqrt(variance), 0.15);
  }

  /** The points are those of scipy's {@code qmc.Sobol(d, scramble=False)}. */
  @Test
  void sobol_points_are_the_published_ones() {
    SobolSequence plain = new SobolSequence(new double[20]);
    double[][] points = new double[50][];
    for (int i = 0; i < points.length; i++) {
      points[i] = plain.get();
    }
    assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, first(points[1], 4));
    assertArrayEquals(new double[] {0.75, 0.25, 0.25, 0.25}, first(points[2], 4));
    assertEquals(
        "[0.921875, 0.640625, 0.578125, 0.921875, 0.765625, 0.296875, 0.171875, 0.796875, 0.609375, 0.171875, 0.015625, 0.078125, 0.578125, 0.859375, 0.109375, 0.484375, 0.796875, 0.421875, 0.046875, 0.140625]",
        Arrays.toString(points[37]));
    assertEquals(
        "[0.578125, 0.734375, 0.296875, 0.640625, 0.921875, 0.578125, 0.765625, 0.953125, 0.015625, 0.640625, 0.984375, 0.109375, 0.359375, 0.828125, 0.140625, 0.578125, 0.390625, 0.078125, 0.140625, 0.046875]",
        Arrays.toString(points[49]));
  }

  private static double[] first(double[] point, int number) {
    return Arrays.copyOf(point, number);
  }

  @Test
  void sobol_covers_each_half_of_each_parameter_alike() {
    String rule = "{'samplingAlgorithmType':'random','rule':'Sobol','seed':5}";
    List<Map<String, JsonNode>> all =
        drawn(rule, "{'a':['uniform',[0,1]],'b':['uniform',[0,1]]}", 64);
    for (String name : List.of("a", "b")) {
      long low = all.stream().filter(p -> value(p, name) < 0.5).count();
      assertEquals(32.0, (double) low, 1.0);
    }
    assertEquals(all, drawn(rule, "{'a':['uniform',[0,1]],'b':['uniform',[0,1]]}", 64));
  }

  @Test
  void what_is_not_done_here_is_named() {
    for (String[] asked :
        new String[][] {
          {"{'samplingAlgorithmType':'Random','logbase':10}", "{'a':['uniform',[0,1]]}", "logbase"},
          {"'random'", "{'a':['choice',[[{'b':1}]]]}", "maps"}
        }) {
      ApiException refused = assertThrows(ApiException.class, () -> settings(asked[0], asked[1]));
      assertEquals(501, refused.status());
      assertTrue(refused.explanation().contains(asked[2]), refused.explanation());
    }
    for (String space : List.of("{}", "{'a':['gauss',[0,1]]}", "{'a':['uniform',[1,0]]}")) {
      ApiException wrong = assertThrows(ApiException.class, () -> settings("'random'", space));
      assertEquals(400, wrong.status(), space);
    }
  }
}
