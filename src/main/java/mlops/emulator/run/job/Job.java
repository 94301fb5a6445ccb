package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mlops.emulator.http.Caller;
import mlops.emulator.run.data.DataLocations;
import mlops.emulator.run.data.JobStorage;
import mlops.emulator.run.data.OutputCollection;
import mlops.emulator.run.data.Staging;
import mlops.emulator.run.data.WorkspaceAssets;
import mlops.emulator.run.endpoint.JobEndpoint;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.JobVariables;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.Environments;
import mlops.emulator.run.python.PythonPrograms;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.RunnerServices;

/**
 * What the runs of one root job share while it is hosted.
 *
 * @param folder of the job, where its runs have theirs
 * @param properties what the job is, as its REST body has it
 * @param endpoint where its processes reach the embedded Azure
 * @param datastore where outputs go by default, a name or an ARM id
 * @param clock ticks for whatever is to be done again and again
 */
public record Job(
    JobId id,
    Path folder,
    ObjectNode properties,
    RunnerServices services,
    Machine machine,
    JobControl control,
    WorkspaceAssets assets,
    DataLocations locations,
    ComputeClusters computes,
    JobStorage storage,
    Environments environments,
    RunSlots slots,
    JobEndpoint endpoint,
    String datastore,
    ScheduledExecutorService clock) {

  /** This job with a control of its own, for a part of it that may end before the rest. */
  public Job under(JobControl other) {
    return new Job(
        id,
        folder,
        properties,
        services,
        machine,
        other,
        assets,
        locations,
        computes,
        storage,
        environments,
        slots,
        endpoint,
        datastore,
        clock);
  }

  public Staging staging() {
    return new Staging(storage, machine);
  }

  public OutputCollection outputs() {
    return new OutputCollection(storage, locations, machine);
  }

  /**
   * The variables of one of its runs, but for inputs and outputs.
   *
   * @param compute the ARM id of the compute that it is on; empty for none
   * @param user on whose behalf it works, where it asks for that
   */
  public Map<String, String> variables(
      String runId,
      JobFolder folder,
      PythonPrograms python,
      String compute,
      Optional<JobPrincipal> user) {
    Map<String, String> all =
        new JobVariables(id, experiment()).of(runId, folder, python.programs());
    all.putAll(python.variables());
    all.putAll(endpoint.variables(runId, experiment(), computes.identity(compute), user));
    return all;
  }

  public String experiment() {
    String name = JobFields.text(properties, "experimentName");
    return name.isEmpty() ? "Default" : name;
  }

  /** Who submitted the job. */
  Caller submitter() {
    String id = JobPrincipal.submitter(services.state(), id()).objectId();
    return new Caller(id, id, Caller.USER, "");
  }

  /**
   * Has something done again and again, until it is cancelled; where it fails it is tried again.
   */
  public ScheduledFuture<?> every(Duration time, Runnable work) {
    return clock.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            return; // a disk may have room again; what must be done is done once more at the end
          }
        },
        time.toMillis(),
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
