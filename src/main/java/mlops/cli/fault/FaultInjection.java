package mlops.cli.fault;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import mlops.azure.Azure;
import mlops.azure.AzureConnection;
import mlops.azure.time.SimulatedTime;
import mlops.azure.time.Time;
import mlops.cli.session.FaultTally;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.fault.ArmThrottle;
import mlops.emulator.fault.FaultTurn;
import mlops.emulator.fault.Faults;
import mlops.emulator.fault.OperationTimes;
import mlops.emulator.fault.TakenNames;
import mlops.emulator.http.Router;
import mlops.emulator.ml.compute.ComputeQuota;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/** What a user wants to go wrong in the embedded Azure of a command. */
public final class FaultInjection {
  private static final int SEEDS = 1_000_000;

  private final FaultTally tally;
  private final Optional<FaultsFile> read;
  private final Path state;
  private final Time time;

  private FaultInjection(FaultTally tally, Optional<FaultsFile> read, Path state) {
    this.tally = tally;
    this.read = read;
    this.state = state;
    this.time =
        read.filter(file -> file.azure().simulated()).isPresent() ? new SimulatedTime() : Time.REAL;
  }

  /**
   * Those of a command; none where it names no file.
   *
   * @param state the folder of the embedded Azure, which gets the log
   * @throws MlopsException INVALID with every mistake in the file
   */
  public static FaultInjection of(FaultTally tally, Path state) {
    return new FaultInjection(tally, tally.file().map(FaultsFile::read), state);
  }

  /** Options with what is to go wrong. */
  public EmbeddedAzureOptions in(EmbeddedAzureOptions options) {
    return read.map(file -> with(options, file)).orElse(options);
  }

  private EmbeddedAzureOptions with(EmbeddedAzureOptions options, FaultsFile file) {
    long seed = file.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS));
    FaultLog log = new FaultLog(state.resolve(FaultLog.NAME), tally, options.clock());
    boolean chance = file.rules().stream().anyMatch(r -> r.turn() instanceof FaultTurn.Rate);
    if (!file.rules().isEmpty()) {
      tally.begin(chance ? "seed %d replays them".formatted(seed) : "", log.file());
    }
    AzureBehavior azure = file.azure();
    Router.RequestFilter filter = options.filter();
    if (!azure.times().isEmpty()) {
      filter = new OperationTimes(azure.times(), time.clock(options.clock())).before(filter);
    }
    if (!azure.taken().isEmpty()) {
      filter = new TakenNames(azure.taken()).before(filter);
    }
    if (azure.throttled()) {
      filter = new ArmThrottle(time.clock(options.clock())).before(filter);
    }
    if (!file.rules().isEmpty()) {
      filter = new Faults(seed, file.rules(), log).before(filter);
    }
    EmbeddedAzureOptions faulty =
        options.withFilter(filter).withQuota(ComputeQuota.of(azure.quota()));
    EmbeddedAzureOptions passing =
        faulty.withPropagation(faulty.propagation().withPassing(time.clock(options.clock())));
    return azure.roles().map(passing::withRoleDelay).orElse(passing);
  }

  /** How waits for the embedded Azure pass. */
  public Time time() {
    return time;
  }

  /**
   * Brings about what is to be so from the beginning, in an Azure that is open.
   *
   * @param direct reaches it without faults
   */
  public void begin(AzureConnection direct, Profile profile) {
    read.map(file -> file.azure().deleted())
        .filter(names -> !names.isEmpty())
        .ifPresent(
            names ->
                new SoftDeletedThings(
                        new Azure(direct), profile, state, java.time.Clock.systemUTC())
                    .add(names));
  }

  /**
   * Asks that nothing is wanted that only a command with a profile can have.
   *
   * @throws MlopsException INVALID otherwise
   */
  public FaultInjection withoutProfile() {
    if (read.filter(file -> !file.azure().deleted().isEmpty()).isPresent()) {
      throw MlopsException.invalid(
          "soft-deleted names things of a profile, and mlops local serve has none",
          "Run `mlops bootstrap --plan --faults FILE` on the same state first, and leave it out here.");
    }
    if (time != Time.REAL) {
      throw MlopsException.invalid(
          "clock is simulated, and the clients of mlops local serve wait in their own time",
          "Leave clock out, or rehearse with a command of mlops.");
    }
    return this;
  }
}
