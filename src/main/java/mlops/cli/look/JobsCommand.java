package mlops.cli.look;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.azure.ml.Workspace;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.look.JobList;
import mlops.steps.look.ListedJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops jobs}. */
@Command(
    name = "jobs",
    description =
        "Lists the jobs of the environments and of feature stores: how they ended, and what they registered.")
public final class JobsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin EnvironmentChoice environments;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many of each environment, the newest first (10).")
  int limit = 10;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw MlopsException.invalid("--limit is " + limit, "Give a number from 1 on.");
    }
    try (Session session = Session.open(spec)) {
      JobList list = new JobList(session.azure(), session.profile());
      List<Profile.Environment> shown = environments.of(session.profile());
      if (session.options().json()) {
        print(session, shown, list);
      } else {
        session.next(say(session, shown, list));
      }
      return 0;
    }
  }

  /** The rows of each environment; the command that comes next. */
  private String say(Session session, List<Profile.Environment> shown, JobList list) {
    PrintWriter out = session.console().out();
    JobRows rows = new JobRows(session.clock(), session.columns());
    List<ListedJob> all = new ArrayList<>();
    for (Profile.Environment environment : shown) {
      out.println("%-5s %s".formatted(environment.name(), environment.workspace()));
      List<ListedJob> jobs = list.of(environment, limit);
      List<String> lines = rows.lines(jobs);
      if (lines.isEmpty()) {
        boolean there = list.workspace(environment).isPresent();
        lines = List.of(there ? "no job yet" : "does not exist: mlops bootstrap");
      }
      lines.forEach(line -> out.println("      " + line));
      out.println();
      all.addAll(jobs);
    }
    for (Workspace store : stores(list)) {
      out.println("%s  feature store".formatted(store.name()));
      List<ListedJob> jobs = list.of(store, limit);
      List<String> lines = jobs.isEmpty() ? List.of("no job yet") : rows.lines(jobs);
      lines.forEach(line -> out.println("      " + line));
      out.println();
      all.addAll(jobs);
    }
    out.flush();
    return next(session, all, list);
  }

  /** The feature stores beside the environments; none where one of these is asked for. */
  private List<Workspace> stores(JobList list) {
    return environments.env == null ? list.featureStores() : List.of();
  }

  /** The log of the newest job; where there is none, what makes one. */
  private static String next(Session session, List<ListedJob> all, JobList list) {
    if (!all.isEmpty()) {
      return "logs " + all.get(0).name();
    }
    Profile.Environment training = session.profile().training().environment();
    return list.workspace(training).isPresent() ? "train" : "bootstrap";
  }

  private void print(Session session, List<Profile.Environment> shown, JobList list) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    for (Profile.Environment environment : shown) {
      ObjectNode json = document.result().putObject(environment.name());
      json.put("workspace", environment.workspace());
      json.put("exists", list.workspace(environment).isPresent());
      ArrayNode jobs = json.putArray("jobs");
      list.of(environment, limit).forEach(job -> fill(jobs.addObject(), job));
    }
    for (Workspace store : stores(list)) {
      ObjectNode json = document.result().putObject(store.name());
      json.put("workspace", store.name()).put("exists", true);
      ArrayNode jobs = json.putArray("jobs");
      list.of(store, limit).forEach(job -> fill(jobs.addObject(), job));
    }
    document.print(session.console());
  }

  /** What is not known yet is null. */
  private static void fill(ObjectNode json, ListedJob job) {
    json.put("name", job.name()).put("displayName", job.displayName());
    json.put("type", job.type()).put("experiment", job.experiment()).put("status", job.status());
    json.put("created", text(job.created()));
    json.put("started", text(job.times().started())).put("ended", text(job.times().ended()));
    json.put(
        "seconds", job.times().taken().map(Duration::toMillis).map(ms -> ms / 1e3).orElse(null));
    ArrayNode models = json.putArray("models");
    job.models()
        .forEach(m -> models.addObject().put("name", m.model()).put("version", m.version()));
  }

  private static @Nullable String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
