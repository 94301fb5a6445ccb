package mlops.emulator.run.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.build.VirtualEnvironment;
import mlops.emulator.state.Folders;

/**
 * The Python environments that were built and are kept, for whoever wants to see or be rid of them.
 */
public record KeptEnvironments(Path cache, VirtualEnvironments environments) {

  /**
   * One of them.
   *
   * @param name of its folder
   * @param record what is known of it; empty where a build was interrupted, or an older mlops made
   *     it
   * @param bytes what its files hold; files that several environments share count for each
   * @param lastUsed by a job; the time zero where it is not whole
   */
  public record Kept(
      String name, Optional<EnvironmentRecord> record, long bytes, Instant lastUsed) {}

  /** All of them, those first that were used last. */
  public List<Kept> list() throws IOException {
    List<Kept> all = new ArrayList<>();
    for (Path folder : Folders.list(cache)) {
      String name = folder.getFileName().toString();
      if (Files.isDirectory(folder) && !name.startsWith(".")) {
        Optional<EnvironmentRecord> record = EnvironmentRecord.in(folder);
        Instant used = record.isPresent() ? EnvironmentRecord.lastUsed(folder) : Instant.EPOCH;
        all.add(new Kept(name, record, bytes(folder), used));
      }
    }
    all.sort(Comparator.comparing(Kept::lastUsed).reversed());
    return all;
  }

  /** What is installed in one, as resolved when it was built: {@code pandas==2.2.3}. */
  public List<String> installed(Kept kept) {
    return VirtualEnvironment.installed(cache.resolve(kept.name())).entrySet().stream()
        .map(one -> one.getKey() + "==" + one.getValue())
        .toList();
  }

  /** What was downloaded and may be used again, in bytes. */
  public long downloads() throws IOException {
    return bytes(cache.resolve(VirtualEnvironments.UV));
  }

  /**
   * Deletes one.
   *
   * @return false where a part of it cannot be deleted
   */
  public boolean remove(Kept kept) throws IOException {
    Files.deleteIfExists(cache.resolve(kept.name() + ".log"));
    return Folders.delete(cache.resolve(kept.name()));
  }

  /**
   * Deletes what was downloaded.
   *
   * @return false where a part of it cannot be deleted
   */
  public boolean removeDownloads() {
    return Folders.delete(cache.resolve(VirtualEnvironments.UV));
  }

  /**
   * Builds one anew, with the Python that there is now.
   *
   * @return the name of its folder, which is another one where Python is
   */
  public String rebuild(Kept kept) throws IOException {
    remove(kept);
    try (JobControl control = new JobControl(() -> false)) {
      PythonPrograms built = rebuilt(kept, control);
      return Path.of(built.environment()).getFileName().toString();
    }
  }

  private PythonPrograms rebuilt(Kept kept, JobControl control) {
    if (kept.record().isEmpty() || kept.name().startsWith(VirtualEnvironments.MACHINE)) {
      return environments.machine(control);
    }
    EnvironmentRecord record = kept.record().get();
    return record.conda() == null
        ? environments.of(record.wanted(), control)
        : environments.ofConda(record.conda(), control);
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : Folders.files(folder)) {
      bytes += Files.isSymbolicLink(file) ? 0 : Files.size(file);
    }
    return bytes;
  }
}
