package mlops.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import mlops.cli.local.LocalAzure;
import mlops.cli.local.LocalClock;
import mlops.cli.local.LocalStateFolder;
import mlops.emulator.StateCheck;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.NewerStateException;
import mlops.emulator.state.StateTree;
import mlops.emulator.state.StateVersion;
import mlops.error.MlopsException;
import mlops.steps.doctor.HealthFinding;

/** The state of the local Azure, which is not opened for it. */
record StateHealth(LocalAzure local, Clock clock) {
  private static final String ELSEWHERE = "name another folder with --state or MLOPS_STATE.";

  HealthFinding finding() {
    Path folder = local.folder();
    try {
      LocalStateFolder.require(folder);
      if (!local.exists()) {
        return HealthFinding.ok("none in %s yet: mlops bootstrap makes it".formatted(folder));
      }
      StateVersion.requireKnown(folder);
      LocalClock.require(folder, clock);
      return content(folder);
    } catch (NewerStateException e) {
      return HealthFinding.failed(
          String.valueOf(e.getMessage()), "Use the mlops that has written it, or " + ELSEWHERE);
    } catch (MlopsException e) {
      return HealthFinding.failed(e.message(), e.hint());
    } catch (IOException e) {
      return HealthFinding.failed(
          "%s cannot be read: %s".formatted(folder, e.getMessage()), "Check it, or " + ELSEWHERE);
    }
  }

  private HealthFinding content(Path folder) {
    StateCheck check = StateCheck.of(folder, false);
    if (!check.broken().isEmpty()) {
      BrokenFile first = check.broken().get(0);
      List<BrokenFile> all = check.broken();
      return HealthFinding.failed(
          "%s: %s%s"
              .formatted(
                  first.file(),
                  first.problem(),
                  all.size() == 1 ? "" : ", and %d more".formatted(all.size() - 1)),
          "mlops local doctor names all; put back a copy, or start anew: mlops local reset.");
    }
    String words = "%d documents in %s".formatted(check.documents(), folder);
    Optional<ServeAddress> served = ServeLock.address(folder);
    if (served.isPresent()) {
      return HealthFinding.ok("%s, served by process %d".formatted(words, served.get().pid()));
    }
    return Files.exists(folder.resolve(".present")) && StateTree.isOpenElsewhere(folder)
        ? HealthFinding.warning(
            words + ", and another mlops, or a job that it left, works on it",
            "Both may go on, each waits for the other; save, load and reset wait for the end.")
        : HealthFinding.ok(words);
  }

  /** The port on which it is served now. */
  Optional<Integer> port() {
    return local.exists()
        ? ServeLock.address(local.folder()).map(ServeAddress::port)
        : Optional.empty();
  }
}
