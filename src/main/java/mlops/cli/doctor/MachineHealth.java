package mlops.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.JobFailure;
import mlops.steps.doctor.HealthFinding;

/** Java, the shell of jobs, disks and ports of this machine. */
final class MachineHealth {
  private static final long HARDLY_ANY = 100_000_000;
  private static final long LITTLE = 2_000_000_000; // an environment takes about one
  private static final int USUAL_PORT = 8444;

  static HealthFinding java() {
    return HealthFinding.ok(
        "%s of %s, %s"
            .formatted(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
  }

  /** What runs the commands of jobs. */
  static HealthFinding shell(boolean needed) {
    try {
      return HealthFinding.ok(Machine.shell("").get(0));
    } catch (JobFailure e) {
      String way = "Install bash and have it on the PATH; on Windows, Git for Windows brings it.";
      String found = "no bash is here, and the commands of local jobs are for it";
      return needed ? HealthFinding.failed(found, way) : HealthFinding.warning(found, way);
    }
  }

  /** The space where something is to be written. */
  static HealthFinding disk(List<Path> folders) {
    Map<String, HealthFinding> byDisk = new LinkedHashMap<>(); // all that is on one has the same
    for (Path folder : folders) {
      Path there = existing(folder);
      byDisk.merge(disk(there), space(there), MachineHealth::worse);
    }
    return HealthFinding.worst(List.copyOf(byDisk.values()));
  }

  private static HealthFinding worse(HealthFinding one, HealthFinding more) {
    return more.level().compareTo(one.level()) > 0 ? more : one;
  }

  private static String disk(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return "%s %d".formatted(store, store.getTotalSpace());
    } catch (IOException e) {
      return folder.toString();
    }
  }

  private static Path existing(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }

  private static HealthFinding space(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      if (store.isReadOnly() || !Files.isWritable(folder)) {
        return HealthFinding.failed(
            "%s cannot be written to".formatted(folder),
            "Change its permissions, or name another: --state, MLOPS_CACHE, TMPDIR.");
      }
      long free = store.getUsableSpace();
      String words = "%s free on the disk of %s".formatted(size(free), folder);
      if (free < HARDLY_ANY) {
        return HealthFinding.failed(
            "only " + words,
            "Make room there: mlops local environments --remove all, or delete what is yours.");
      }
      return free < LITTLE
          ? HealthFinding.warning(
              "only " + words, "The Python environment of a job takes about 1 GB: make room.")
          : HealthFinding.ok(words);
    } catch (IOException e) {
      return HealthFinding.failed(
          "%s cannot be looked at: %s".formatted(folder, e.getMessage()), "Check its disk.");
    }
  }

  private static String size(long bytes) {
    return bytes < 1_000_000_000
        ? "%d MB".formatted(bytes / 1_000_000)
        : "%d GB".formatted(bytes / 1_000_000_000);
  }

  /**
   * Whether other tools can be served here.
   *
   * @param wanted a port that somebody means to use; that of {@code local serve} otherwise
   * @param served the port on which this very state is served now
   */
  static HealthFinding ports(Optional<Integer> wanted, Optional<Integer> served) {
    if (!isFree(0)) {
      return HealthFinding.failed(
          "nothing can listen on 127.0.0.1", "Check what forbids it: a sandbox or a firewall.");
    }
    int port = wanted.orElse(USUAL_PORT);
    if (served.filter(p -> p == port).isPresent()) {
      return HealthFinding.ok("this local Azure is served on " + port);
    }
    if (isFree(port)) {
      return HealthFinding.ok("%d of 127.0.0.1 is free".formatted(port));
    }
    String found = "another process has port %d of 127.0.0.1".formatted(port);
    return wanted.isPresent()
        ? HealthFinding.failed(found, "End that one, or take another port.")
        : HealthFinding.warning(
            found, "mlops local serve takes any free one then; --port N chooses.");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The folders that mlops writes to. */
  static List<Path> folders(Path state, Path cache) {
    List<Path> all = new ArrayList<>(List.of(state, cache));
    all.add(Path.of(System.getProperty("java.io.tmpdir")));
    return all;
  }

  private MachineHealth() {}
}
