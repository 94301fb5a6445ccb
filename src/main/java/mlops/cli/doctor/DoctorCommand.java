package mlops.cli.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import mlops.cli.local.LocalAzure;
import mlops.cli.session.CliEnvironment;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.emulator.run.python.build.Interpreters;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.doctor.AzureHealth;
import mlops.steps.doctor.HealthCheck;
import mlops.steps.doctor.HealthFinding;
import mlops.steps.doctor.HealthFinding.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops doctor}. */
@Command(
    name = "doctor",
    description =
        "Says what on this machine, in the profile or in its Azure is in the way, and the way out."
            + " Changes nothing; ends with 1 where something has to be mended.")
public final class DoctorCommand implements Callable<Integer> {
  private static final Duration HERE = Duration.ofSeconds(30);
  private static final Duration AZURE = Duration.ofSeconds(25);
  private static final int MAX_PORT = 65535;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "A port that has to be free, such as for local serve.")
  @Nullable Integer port;

  @Override
  public Integer call() {
    if (port != null && (port < 1 || port > MAX_PORT)) {
      throw MlopsException.invalid("--port is " + port, "Give a number from 1 to 65535.");
    }
    CommandSpec its = Objects.requireNonNull(spec);
    RootCommand mlops = RootCommand.of(its);
    CliEnvironment environment = mlops.environment();
    ProfileHealth profile = ProfileHealth.of(mlops.options(), environment.variables());
    Map<HealthCheck, HealthFinding> found = new LinkedHashMap<>();
    found.putAll(new TimedChecks(HERE).run(here(mlops, profile)));
    profile.profile().ifPresent(p -> found.putAll(azure(its, p, found)));
    report(mlops, profile, new DoctorReport(found));
    return found.values().stream().anyMatch(f -> f.level() == Level.FAILED) ? 1 : 0;
  }

  private static boolean isLocal(RootCommand mlops, ProfileHealth profile) {
    return profile
        .profile()
        .map(p -> p.cloud() == Profile.Cloud.LOCAL)
        .orElse(mlops.options().cloud != Profile.Cloud.AZURE);
  }

  private List<HealthCheck> here(RootCommand mlops, ProfileHealth profile) {
    Map<String, String> variables = mlops.environment().variables();
    boolean local = isLocal(mlops, profile);
    LocalAzure azure = LocalAzure.ofFolder(mlops);
    Path cache = azure.options().runner().environments();
    PythonHealth python = new PythonHealth(variables, interpreters(variables), cache, local);
    NetworkHealth network = new NetworkHealth(variables, !local);
    StateHealth state = new StateHealth(azure, mlops.environment().clock());
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(machine("java", MachineHealth::java));
    checks.add(machine("python", python::python));
    checks.add(machine("builders", python::builders));
    checks.add(machine("shell", () -> MachineHealth.shell(local)));
    checks.add(machine("proxy", network::proxy));
    checks.add(machine("network", network::hosts));
    List<Path> folders = MachineHealth.folders(azure.folder(), cache);
    checks.add(machine("disk", () -> MachineHealth.disk(folders)));
    checks.add(
        machine("ports", () -> MachineHealth.ports(Optional.ofNullable(port), state.port())));
    if (local) {
      checks.add(new HealthCheck("local", "state", state::finding));
    }
    checks.add(new HealthCheck("profile", "mlops.yml", profile::finding));
    profile
        .features()
        .ifPresent(found -> checks.add(new HealthCheck("profile", "features", () -> found)));
    profile.profile().ifPresent(p -> pins(p, python, mlops).forEach(checks::add));
    return checks;
  }

  /** What the files of the environments pin. */
  private static List<HealthCheck> pins(Profile profile, PythonHealth python, RootCommand mlops) {
    List<EnvironmentPins> pins = EnvironmentPins.of(profile);
    LocalDate today = LocalDate.ofInstant(mlops.environment().clock().instant(), ZoneOffset.UTC);
    List<HealthCheck> checks = new ArrayList<>();
    if (profile.cloud() == Profile.Cloud.LOCAL) {
      checks.add(
          new HealthCheck("profile", "pythons", () -> python.wanted(pins, profile.python())));
    }
    checks.add(new HealthCheck("profile", "ages", () -> EnvironmentPins.ages(pins, today)));
    return checks;
  }

  private static Interpreters interpreters(Map<String, String> variables) {
    return new Interpreters(variables, Path.of(System.getProperty("user.home")));
  }

  private static HealthCheck machine(String name, Supplier<HealthFinding> look) {
    return new HealthCheck("machine", name, look);
  }

  /** What is in Azure, unless the local one is broken, or not there yet: to look makes nothing. */
  private static Map<HealthCheck, HealthFinding> azure(
      CommandSpec spec, Profile profile, Map<HealthCheck, HealthFinding> here) {
    RootCommand mlops = RootCommand.of(spec);
    if (profile.cloud() == Profile.Cloud.LOCAL) {
      boolean broken =
          here.entrySet().stream()
              .anyMatch(
                  e -> e.getKey().name().equals("state") && e.getValue().level() == Level.FAILED);
      if (broken || !LocalAzure.ofFolder(mlops).exists()) {
        return Map.of();
      }
    }
    HealthCheck login = new HealthCheck(AzureHealth.AREA, "login", () -> HealthFinding.ok(""));
    try (Session session = Session.open(spec)) {
      AzureHealth azure = new AzureHealth(session.azure(), session.profile());
      TimedChecks timed = new TimedChecks(AZURE);
      Map<HealthCheck, HealthFinding> found =
          new LinkedHashMap<>(timed.run(List.of(azure.login())));
      boolean in = found.values().stream().allMatch(f -> f.level() == Level.OK);
      List<HealthCheck> more = azure.checks();
      found.putAll(in ? timed.run(more) : skipped(more));
      return found;
    } catch (MlopsException e) { // such as: no subscription is named
      return Map.of(login, TimedChecks.failure(e));
    }
  }

  private static Map<HealthCheck, HealthFinding> skipped(List<HealthCheck> checks) {
    Map<HealthCheck, HealthFinding> skipped = new LinkedHashMap<>();
    checks.forEach(
        check -> skipped.put(check, HealthFinding.skipped("not looked at, without a login")));
    return skipped;
  }

  private static void report(RootCommand mlops, ProfileHealth profile, DoctorReport report) {
    CliEnvironment environment = mlops.environment();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("doctor", mlops.options());
      profile.profile().ifPresent(document::profile);
      report.json(document.result());
      document.print(environment.console());
    } else {
      report.print(environment.console(), environment.columns(), mlops.options().quiet);
    }
  }
}
