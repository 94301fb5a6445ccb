package mlops.assets.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.yaml.YamlNode;

/** Many trials of one program, in search of the best parameters. */
public final class SweepFields {
  public static final List<String> FIELDS =
      FieldNames.of("sampling_algorithm search_space objective early_termination limits");
  private static final Pattern WORD = Pattern.compile("_([a-z])");
  private static final EnumMapping SAMPLING =
      EnumMapping.of("random", "Random", "grid", "Grid", "bayesian", "Bayesian");
  private static final EnumMapping GOAL = EnumMapping.same("minimize", "maximize");
  private static final EnumMapping RULE = EnumMapping.same("random", "sobol");
  private static final EnumMapping POLICY =
      EnumMapping.of(
          "bandit", "Bandit",
          "median_stopping", "MedianStopping",
          "truncation_selection", "TruncationSelection");

  /** As stand-alone jobs have it. */
  public static void job(FileSection source, RequestBody job) {
    required(source.node());
    source.node().required("limits");
    job.set("searchSpace", SearchSpace.job(source))
        .with("sampling_algorithm", "samplingAlgorithm", s -> Optional.of(sampling(source.at(s))));
    source
        .in("objective")
        .ifPresent(objective -> job.set("objective", objective(objective, "primaryMetric")));
    source
        .in("early_termination")
        .ifPresent(policy -> job.set("earlyTermination", jobTermination(policy)));
    source.in("limits").ifPresent(limits -> job.set("limits", jobLimits(limits)));
  }

  /** As jobs of a pipeline have it: words as in YAML, but for the policy that ends trials early. */
  public static void node(FileSection source, RequestBody node) {
    required(source.node());
    SearchSpace.job(source); // finds what is wrong
    source.node().at("sampling_algorithm").map(source::at).ifPresent(SweepFields::sampling);
    source
        .in("objective")
        .ifPresent(objective -> node.set("objective", objective(objective, "primary_metric")));
    node.with("sampling_algorithm", "sampling_algorithm", n -> Optional.of(n.json()))
        .with("search_space", "search_space", n -> Optional.of(n.json()));
    source
        .in("early_termination")
        .ifPresent(
            policy -> node.set("early_termination", termination(policy, UnaryOperator.identity())));
    source.in("limits").ifPresent(limits -> node.set("limits", limits(limits)));
  }

  private static void required(YamlNode node) {
    List.of("sampling_algorithm", "search_space", "objective").forEach(node::required);
  }

  private static JsonNode sampling(FileSection source) {
    if (source.node().isScalar()) {
      RequestBody body = new RequestBody(source);
      SAMPLING.of(source.node()).ifPresent(type -> body.put("samplingAlgorithmType", type));
      return body.json();
    }
    source.node().allow("type", "seed", "rule", "logbase");
    source.node().required("type");
    return new RequestBody(source)
        .choice("type", "samplingAlgorithmType", SAMPLING)
        .integer("seed", "seed", 0)
        .choice("rule", "rule", RULE)
        .with("logbase", "logbase", base -> Optional.of(base.json()))
        .json();
  }

  private static ObjectNode objective(FileSection objective, String metric) {
    objective.node().allow("goal", "primary_metric");
    objective.node().required("goal");
    return new RequestBody(objective)
        .choice("goal", "goal", GOAL)
        .required("primary_metric", metric)
        .json();
  }

  /** A policy; what it leaves out is 0, and between two looks of the median's is one run. */
  private static ObjectNode termination(FileSection policy, UnaryOperator<String> name) {
    policy
        .node()
        .allow(
            FieldNames.of(
                "type evaluation_interval delay_evaluation slack_factor slack_amount "
                    + "truncation_percentage"));
    policy.node().required("type");
    RequestBody body = new RequestBody(policy).choice("type", name.apply("policy_type"), POLICY);
    boolean median = policy.node().text("type").filter("median_stopping"::equals).isPresent();
    body.put(name.apply("evaluation_interval"), median ? 1L : 0L)
        .put(name.apply("delay_evaluation"), 0L);
    for (String field : List.of("evaluation_interval", "delay_evaluation")) {
      body.integer(field, name.apply(field), 0);
    }
    for (String field : List.of("slack_factor", "slack_amount")) {
      body.number(field, name.apply(field));
    }
    return body.integer("truncation_percentage", name.apply("truncation_percentage"), 1).json();
  }

  private static ObjectNode jobTermination(FileSection policy) {
    ObjectNode json = termination(policy, SweepFields::camel);
    if (json.path("policyType").asText().equals("Bandit")) {
      json.put("slackFactor", json.path("slackFactor").asDouble());
      json.put("slackAmount", json.path("slackAmount").asDouble());
    }
    return json;
  }

  /** {@code delayEvaluation} for {@code delay_evaluation}. */
  private static String camel(String field) {
    return WORD.matcher(field).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private static ObjectNode limits(FileSection limits) {
    limits.node().allow("max_total_trials", "max_concurrent_trials", "timeout", "trial_timeout");
    return new RequestBody(limits)
        .integer("max_total_trials", "max_total_trials", 1)
        .integer("max_concurrent_trials", "max_concurrent_trials", 1)
        .integer("timeout", "timeout", 1)
        .integer("trial_timeout", "trial_timeout", 1)
        .json();
  }

  private static ObjectNode jobLimits(FileSection limits) {
    limits(limits);
    return new RequestBody(limits)
        .put("jobLimitsType", "Sweep")
        .integer("max_total_trials", "maxTotalTrials", 1)
        .integer("max_concurrent_trials", "maxConcurrentTrials", 1)
        .seconds("timeout", "timeout", 1)
        .seconds("trial_timeout", "trialTimeout", 1)
        .json();
  }

  private SweepFields() {}
}
