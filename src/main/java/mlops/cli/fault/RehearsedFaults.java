package mlops.cli.fault;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import mlops.cli.session.FaultRehearsal;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.fault.FaultTurn;
import mlops.emulator.fault.Faults;
import mlops.error.MlopsException;

/** Puts what a user wants to go wrong into the options of the embedded Azure. */
public final class RehearsedFaults {
  private static final int SEEDS = 1_000_000;

  /**
   * The options with the faults of a command; the same where it has none.
   *
   * @param state the folder that gets the log
   * @throws MlopsException INVALID with every mistake in the file
   */
  public static EmbeddedAzureOptions in(
      EmbeddedAzureOptions options, FaultRehearsal rehearsal, Path state) {
    return rehearsal.file().map(file -> with(options, file, rehearsal, state)).orElse(options);
  }

  private static EmbeddedAzureOptions with(
      EmbeddedAzureOptions options, Path file, FaultRehearsal rehearsal, Path state) {
    FaultsFile read = FaultsFile.read(file);
    long seed = read.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
    FaultLog log = new FaultLog(state.resolve(FaultLog.NAME), rehearsal, options.clock());
    boolean chance = read.rules().stream().anyMatch(r -> r.turn() instanceof FaultTurn.Rate);
    rehearsal.begin(chance ? "seed %d replays them".formatted(seed) : "", log.file());
    EmbeddedAzureOptions faulty =
        read.rules().isEmpty() ? options : options.withGate(new Faults(seed, read.rules(), log));
    return read.roleDelay().map(faulty::withRoleDelay).orElse(faulty);
  }

  private RehearsedFaults() {}
}
