package mlops.emulator.run.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.LogPublisher;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.RunRecord;
import mlops.error.MlopsException;
import mlops.features.materialize.Materialization;
import mlops.features.materialize.MaterializationReport;
import mlops.features.materialize.MaterializationRequest;
import mlops.features.materialize.MaterializationRequest.Online;
import mlops.features.materialize.StoreFolder;
import mlops.features.materialize.TimeWindow;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineTable;
import mlops.features.online.RedisStore;
import mlops.features.online.SqliteStore;
import mlops.features.table.SourceTable;

/**
 * Materialises a window of a feature set: computed here, kept in the folder of the store, and its
 * offline part published in the lake.
 */
public final class MaterializationRun {
  private final Job job;
  private final RunRecord run;
  private final StoreOfJob store;
  private final StagedSet set;

  private MaterializationRun(Job job, RunRecord run, StoreOfJob store, StagedSet set) {
    this.job = job;
    this.run = run;
    this.store = store;
    this.set = set;
  }

  /**
   * Runs a job that a backfill or a schedule made.
   *
   * @param asked what is to be materialised: {@code featureSet}, {@code start} and {@code end}
   */
  public static Map<String, InputValue.Data> ofJob(Job job, RunRecord run, ObjectNode asked) {
    run.enter("Running");
    StoreOfJob store = StoreOfJob.of(job);
    ObjectNode version =
        job.services()
            .state()
            .read(asked.path("featureSet").asText())
            .orElseThrow(() -> JobFailure.user("The feature set was deleted."));
    StagedSet set = new StagedSet(job, version, store.identity());
    TimeWindow window =
        new TimeWindow(
            Instant.parse(asked.path("start").asText()), Instant.parse(asked.path("end").asText()));
    try {
      new MaterializationRun(job, run, store, set).materialize(window);
    } catch (MlopsException e) {
      throw failure(e, job);
    }
    return Map.of();
  }

  /** With the files as the store has them, not as the job brought them here. */
  private static JobFailure failure(MlopsException e, Job job) {
    String text = "%s. %s".formatted(e.message().replaceFirst("[.]+$", ""), e.hint());
    String staged = job.folder() + "/0/";
    return JobFailure.user(text.replace(staged + "source/", "").replace(staged, ""));
  }

  private void materialize(TimeWindow window) {
    StoreFolder folder =
        StoreFolder.of(job.services().state().folder().toAbsolutePath(), store.guid());
    Path own = folder.set(set.name(), set.number());
    SourceTable source = set.source();
    boolean offline = set.isKept("offline");
    Optional<LakeTable> lake =
        offline
            ? Optional.of(
                new LakeTable(job, store.offline(set.name(), set.number()), store.identity()))
            : Optional.empty();
    MaterializationReport report;
    if (set.isKept("online")) {
      try (OnlineStore online = online(folder)) {
        OnlineTable table = OnlineTable.of(store.guid(), set.name(), set.number(), source.spec());
        report = compute(source, window, own, offline, Optional.of(new Online(online, table)));
      }
    } else {
      report = compute(source, window, own, offline, Optional.empty());
    }
    int files = lake.map(table -> table.publish(own.resolve("table"))).orElse(0);
    List<String> lines = new ArrayList<>(List.of(words(report, files)));
    report.elsewhere().ifPresent(rows -> lines.add("note: no row lies there: " + rows));
    store
        .target("online")
        .filter(target -> set.isKept("online") && !isRedis(target))
        .ifPresent(cache -> lines.add(inFile(cache)));
    LogPublisher.line(job, run, String.join("\n", lines));
  }

  /** A cache that has an address; else the store's own, which stands for one. */
  private OnlineStore online(StoreFolder folder) {
    return store
        .target("online")
        .filter(MaterializationRun::isRedis)
        .<OnlineStore>map(RedisStore::open)
        .orElseGet(() -> SqliteStore.open(folder.online()));
  }

  private static boolean isRedis(String target) {
    return target.matches("(?i)rediss?://.*");
  }

  private static String inFile(String cache) {
    return "note: the embedded Azure has no cache %s: its values are in a file, which features get reads. A Redis of yours is used where online_store.target is redis://HOST:PORT"
        .formatted(cache.substring(cache.lastIndexOf('/') + 1));
  }

  private MaterializationReport compute(
      SourceTable source, TimeWindow window, Path own, boolean offline, Optional<Online> online) {
    Instant now = job.services().clock().instant();
    return Materialization.run(
        new MaterializationRequest(source, window, own, offline, online, now, false));
  }

  private static String words(MaterializationReport report, int files) {
    return "%s to %s: %,d rows of the source read, %,d rows offline (%,d files written), %,d keys online%s%s"
        .formatted(
            report.window().start(),
            report.window().end(),
            report.sourceRows(),
            report.offlineRows(),
            files,
            report.onlineKeys(),
            report.withoutKey() == 0
                ? ""
                : ", %,d rows without a key".formatted(report.withoutKey()),
            report.dropped() == 0
                ? ""
                : ", %,d rows gave way to newer ones".formatted(report.dropped()));
  }
}
