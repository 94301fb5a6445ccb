package mlops.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import mlops.cli.terminal.Console;
import mlops.plan.Change;
import mlops.plan.StepResult;
import mlops.profile.Profile;

/** The JSON document that {@code -o json} prints: one for each command, however it ends. */
public final class JsonDocument {
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();

  /**
   * A document of a command whose profile is not known, or not yet: cloud and suffix may be null.
   */
  public JsonDocument(String command, GlobalOptions options) {
    root.put("command", command);
    boolean local = command.startsWith("local ");
    root.put(
        "cloud",
        options.cloud != null ? EnumOptionConverter.word(options.cloud) : local ? "local" : null);
    root.put("suffix", options.suffix);
    root.putArray("steps");
    root.putObject("result");
  }

  public void profile(Profile profile) {
    root.put("cloud", EnumOptionConverter.word(profile.cloud()));
    root.put("suffix", profile.suffix());
  }

  /** Adds how a step ended; what was added, for more to be said of it. */
  public ObjectNode step(StepResult result) {
    ObjectNode step = ((ArrayNode) root.get("steps")).addObject();
    step.put("id", result.node().id()).put("title", result.node().step().describe());
    if (result instanceof StepResult.Planned planned) {
      outcome(step, planned.change(), "planned", Duration.ZERO);
    } else if (result instanceof StepResult.Unchanged unchanged) {
      outcome(step, Change.none(unchanged.reason()), "unchanged", unchanged.elapsed());
    } else if (result instanceof StepResult.Applied applied) {
      outcome(step, applied.change(), "applied", applied.elapsed());
    } else if (result instanceof StepResult.Failed failed) {
      String outcome = FailureRenderer.isRefusal(failed) ? "refused" : "failed";
      outcome(step, failed.change(), outcome, failed.elapsed());
      Problem.of(failed.cause()).json(step.putObject("error"));
    } else if (result instanceof StepResult.Blocked blocked) {
      outcome(step, Change.none("needs " + blocked.by()), "blocked", Duration.ZERO);
    } else if (result instanceof StepResult.Skipped skipped) {
      outcome(step, Change.none(skipped.reason()), "skipped", Duration.ZERO);
    }
    return step;
  }

  private static void outcome(ObjectNode step, Change change, String outcome, Duration elapsed) {
    step.put("action", EnumOptionConverter.word(change.action()));
    step.put("outcome", outcome).put("reason", change.reason());
    step.put("seconds", BigDecimal.valueOf(elapsed.toNanos(), 9).setScale(3, RoundingMode.HALF_UP));
    step.putNull("error");
  }

  /** How many steps ended in which way, by the words of their actions and outcomes. */
  public void counts(Map<String, Long> counts) {
    counts.forEach(root.putObject("counts")::put);
  }

  public void error(Problem problem) {
    problem.json(root.putObject("error"));
  }

  public ObjectNode result() {
    return (ObjectNode) root.get("result");
  }

  /** The document itself, for a command whose fields stand in it and not in {@code result}. */
  public ObjectNode withoutResult() {
    root.remove("result");
    return root;
  }

  /** Prints it, unless there is one already: that of an interruption that came just now. */
  public void print(Console console) {
    console.document().print(() -> write(console.out()));
  }

  /** Prints it for whoever has the turn. */
  public void write(PrintWriter out) {
    try {
      out.print(
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root)
              + System.lineSeparator());
      out.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
