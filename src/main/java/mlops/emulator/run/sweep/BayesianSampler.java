package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.sweep.ParameterSpace;
import mlops.emulator.sweep.Sampler;

/** What optuna suggests from how the trials before went, in a process of its own. */
final class BayesianSampler implements Sampler, AutoCloseable {
  /** How often a new configuration is asked for in a space that is nearly used up. */
  private static final int TRIES = 100;

  private final ParameterSpace space;
  private final JobControl.Held process;
  private final BufferedWriter requests;
  private final BufferedReader replies;
  private final Map<Map<String, JsonNode>, Integer> given = new HashMap<>();

  BayesianSampler(ParameterSpace space, JobControl.Held process) {
    this.space = space;
    this.process = process;
    this.requests = process.process().process().outputWriter(StandardCharsets.UTF_8);
    this.replies = process.process().process().inputReader(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized Optional<Map<String, JsonNode>> next() {
    for (int i = 0; i < TRIES && given.size() < space.size(); i++) {
      JsonNode suggested = answer(Json.object().put("ask", true));
      int trial = suggested.path("trial").asInt();
      double[] point = new double[suggested.path("point").size()];
      for (int n = 0; n < point.length; n++) {
        point[n] = suggested.path("point").path(n).asDouble();
      }
      Map<String, JsonNode> values = space.at(point);
      if (given.putIfAbsent(values, trial) == null) {
        return Optional.of(values);
      }
      answer(Json.object().put("tell", trial));
    }
    return Optional.empty();
  }

  @Override
  public synchronized void tell(Map<String, JsonNode> values, Optional<Double> score) {
    Integer trial = given.get(values);
    if (trial != null) {
      ObjectNode told = Json.object().put("tell", trial);
      score.ifPresent(value -> told.put("value", value));
      answer(told);
    }
  }

  private JsonNode answer(ObjectNode message) {
    try {
      requests.write(message + "\n");
      requests.flush();
      String line = replies.readLine();
      if (line == null) {
        throw new IOException("it ended");
      }
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw JobFailure.user(
          "Bayesian sampling failed: optuna, which chooses the trials, gave no answer (%s). Its words are in the log of the sweep; random sampling does without it."
              .formatted(e.getMessage()));
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
