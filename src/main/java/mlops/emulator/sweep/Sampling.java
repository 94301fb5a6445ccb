package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import mlops.emulator.http.ApiException;

/**
 * How configurations are chosen.
 *
 * @param seed what makes the choice the same each time
 */
public record Sampling(Kind kind, Optional<Long> seed) {

  /** The ways that there are here. */
  enum Kind {
    GRID,
    RANDOM,
    SOBOL,
    BAYESIAN
  }

  /**
   * Reads what a sweep asks for.
   *
   * @throws ApiException 400 where the space does not fit, 501 for what is not done here
   */
  static Sampling of(SweepReader sweep, ParameterSpace space) {
    JsonNode asked = sweep.field("samplingAlgorithm");
    SweepReader reader = new SweepReader("sampling algorithm", asked);
    String type = asked.isTextual() ? asked.asText().toLowerCase(Locale.ROOT) : type(reader);
    Sampling sampling =
        switch (type) {
          case "grid" -> new Sampling(Kind.GRID, Optional.empty());
          case "random" -> random(reader);
          case "bayesian" -> new Sampling(Kind.BAYESIAN, seed(reader));
          default -> throw reader.wrong("'%s' is none of random, grid, bayesian".formatted(type));
        };
    sampling.check(space, reader);
    return sampling;
  }

  private static String type(SweepReader reader) {
    String type = reader.word("samplingAlgorithmType");
    return type.isEmpty() ? reader.word("type") : type;
  }

  private static Sampling random(SweepReader reader) {
    String base = reader.word("logbase");
    if (!base.isEmpty() && !base.equals("e")) {
      throw ApiException.notImplemented(
          "The embedded Azure draws logarithms to the base e only, not %s (logbase)."
              .formatted(base));
    }
    String rule = reader.word("rule");
    if (!rule.isEmpty() && !rule.equals("random") && !rule.equals("sobol")) {
      throw reader.wrong("the rule '%s' is none of random, sobol".formatted(rule));
    }
    return new Sampling(rule.equals("sobol") ? Kind.SOBOL : Kind.RANDOM, seed(reader));
  }

  private static Optional<Long> seed(SweepReader reader) {
    return reader.field("seed").isMissingNode()
        ? Optional.empty()
        : Optional.of((long) reader.number("seed", 0));
  }

  /** Whether the trials before decide what comes next. */
  public boolean isBayesian() {
    return kind == Kind.BAYESIAN;
  }

  private void check(ParameterSpace space, SweepReader reader) {
    if (kind == Kind.GRID
        && space.expressions().values().stream()
            .anyMatch(e -> e.kind() != ParameterExpression.Kind.CHOICE)) {
      throw reader.wrong("grid sampling takes only parameters of type choice");
    }
    if (kind == Kind.BAYESIAN
        && !space.expressions().values().stream().allMatch(ParameterExpression::isPlain)) {
      throw reader.wrong(
          "bayesian sampling takes only parameters of type choice, uniform and quniform");
    }
    if (kind == Kind.SOBOL && space.dimensions() > SobolSequence.MOST) {
      throw ApiException.notImplemented(
          "The embedded Azure has points of Sobol's sequence for at most %d numbers (a normal parameter takes two), not %d."
              .formatted(SobolSequence.MOST, space.dimensions()));
    }
  }

  /** Azure's name of the algorithm. */
  public String type() {
    return switch (kind) {
      case GRID -> "Grid";
      case BAYESIAN -> "Bayesian";
      case RANDOM, SOBOL -> "Random";
    };
  }

  Sampler sampler(ParameterSpace space) {
    Random random = seed.map(Random::new).orElseGet(Random::new);
    int dimensions = space.dimensions();
    return switch (kind) {
      case GRID -> new GridSampler(space);
      case RANDOM, BAYESIAN -> new RandomSampler(space, () -> random.doubles(dimensions).toArray());
      case SOBOL ->
          new RandomSampler(space, new SobolSequence(random.doubles(dimensions).toArray()));
    };
  }
}
