package mlops.emulator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mlops.emulator.http.Caller;

/**
 * What the runs of one root job share while it is hosted.
 *
 * @param folder of the job, where its runs have theirs
 * @param properties what the job is, as its REST body has it
 * @param datastore where outputs go by default, a name or an ARM id
 * @param clock ticks for whatever is to be done again and again
 */
record Job(
    JobId id,
    Path folder,
    ObjectNode properties,
    Workshop workshop,
    Machine machine,
    Control control,
    Locations locations,
    Computes computes,
    Storage storage,
    Environments environments,
    Slots slots,
    String datastore,
    ScheduledExecutorService clock) {

  Staging staging() {
    return new Staging(storage, machine);
  }

  Outputs outputs() {
    return new Outputs(storage, locations, id);
  }

  Variables variables() {
    return new Variables(id, experiment());
  }

  References references() {
    return new References(workshop.state());
  }

  String experiment() {
    String name = Fields.text(properties, "experimentName");
    return name.isEmpty() ? "Default" : name;
  }

  /** Who reads what belongs to the workspace itself, such as code. */
  Actor service() {
    return new Actor("", "the workspace");
  }

  /** Who submitted the job. */
  Caller submitter() {
    String id =
        workshop
            .state()
            .read(id().id())
            .map(d -> d.path("systemData").path("createdBy").asText())
            .orElse("");
    return new Caller(id, id, Caller.USER, "");
  }

  /** Has something done twice a second, until it is cancelled. */
  ScheduledFuture<?> everyHalfSecond(Runnable work) {
    return clock.scheduleWithFixedDelay(work, 500, 500, TimeUnit.MILLISECONDS);
  }
}
