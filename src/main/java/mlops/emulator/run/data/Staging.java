package mlops.emulator.run.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;

/**
 * Puts what a job reads into its folder. Where the job is isolated, data is linked, so that it
 * costs neither time nor room: its view of the machine is what keeps it from writing. Elsewhere
 * data is copied, for whoever owns a file can make it writable. Code is always copied, for scripts
 * may write beside themselves.
 */
public final class Staging {
  private final JobStorage storage;
  private final Machine machine;

  public Staging(JobStorage storage, Machine machine) {
    this.storage = storage;
    this.machine = machine;
  }

  /** Stages data that is mounted. */
  public Path input(BlobLocation place, boolean asFile, Path target, JobPrincipal actor) {
    return input("The input", place, asFile, InputMode.MOUNT, target, actor);
  }

  /**
   * Stages data at {@code target}.
   *
   * @param said what a failure calls the data, at the start of a sentence
   * @param mode {@link InputMode#DOWNLOAD} for files that the job may write to
   * @param asFile whether one file is asked for; it keeps its name, in the folder {@code target}
   * @return the path that the job reads
   */
  public Path input(
      String said,
      BlobLocation place,
      boolean asFile,
      InputMode mode,
      Path target,
      JobPrincipal actor) {
    List<Blob> blobs = found(said, place, actor);
    boolean single = blobs.size() == 1 && blobs.get(0).name().equals(place.blob());
    if (single) {
      Path file = target.resolve(last(place.blob()));
      stage(blobs.get(0), mode, file);
      return asFile ? file : target;
    }
    if (asFile) {
      throw JobFailure.user(
          "The input is a folder, where a uri_file was expected: %s".formatted(place));
    }
    blobs.forEach(b -> stage(b, mode, inside(target, b.name().substring(place.prefix().length()))));
    return target;
  }

  /**
   * Stages the files that the MLTable at a place means, with their paths from there.
   *
   * @return the folder that they are in
   */
  public Path table(
      String said, BlobLocation place, InputMode mode, Path target, JobPrincipal actor) {
    List<Blob> blobs = found(said, place, actor);
    Function<Blob, String> path = blob -> blob.name().substring(place.prefix().length());
    Blob table =
        blobs.stream()
            .filter(blob -> !blob.name().equals(place.blob()) && path.apply(blob).equals("MLTable"))
            .findFirst()
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "%s is no mltable: %s has no file MLTable.".formatted(said, place)));
    Set<String> files =
        Set.copyOf(TableFiles.of(said, content(table)).of(blobs.stream().map(path).toList()));
    blobs.stream()
        .filter(blob -> files.contains(path.apply(blob)))
        .forEach(blob -> stage(blob, mode, inside(target, path.apply(blob))));
    return target;
  }

  private List<Blob> found(String said, BlobLocation place, JobPrincipal actor) {
    List<Blob> blobs = storage.read(place, actor);
    if (blobs.isEmpty()) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.NotFound",
          "%s was not found: there is nothing at %s.".formatted(said, place));
    }
    return blobs;
  }

  private void stage(Blob blob, InputMode mode, Path target) {
    if (mode.isWritable()) {
      copy(blob, target);
    } else {
      link(blob, target);
    }
  }

  /** Copies a folder of code, or the one file that it is. */
  public void code(BlobLocation place, Path target, JobPrincipal actor) {
    List<Blob> blobs = storage.read(place, actor);
    if (blobs.isEmpty()) {
      throw JobFailure.user(
          "The code of the job was not found: there is nothing at %s.".formatted(place));
    }
    for (Blob blob : blobs) {
      boolean single = blob.name().equals(place.blob());
      String name = single ? last(blob.name()) : blob.name().substring(place.prefix().length());
      copy(blob, inside(target, name));
    }
  }

  /** A blob's name may hold {@code ..}; it must not lead out of the job's folder. */
  private static Path inside(Path folder, String name) {
    Path path = folder.resolve(name.replaceFirst("^/+", "")).normalize();
    if (!path.startsWith(folder)) {
      throw JobFailure.user("The blob name '%s' leads out of its folder.".formatted(name));
    }
    return path;
  }

  private void link(Blob blob, Path target) {
    Path content = content(blob);
    try {
      makeFolder(target);
      if (machine.isolates() && Files.size(content) == blob.size()) {
        Files.createLink(target, content);
        return;
      }
    } catch (UnsupportedOperationException | IOException e) {
      // another file system: a copy does as well
    }
    copy(blob, target);
    readOnly(target);
  }

  private static void copy(Blob blob, Path target) {
    Path content = content(blob);
    try {
      makeFolder(target);
      Files.deleteIfExists(target);
      FileCopy.copy(content, blob.size(), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path content(Blob blob) {
    try {
      return blob.content();
    } catch (UncheckedIOException e) {
      throw new JobFailure(
          "ScriptExecution.StreamAccess.Unexpected",
          "Cannot read %s: %s. Write it to storage again."
              .formatted(
                  blob.name(), String.valueOf(Objects.requireNonNull(e.getCause()).getMessage())));
    }
  }

  private static void makeFolder(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
  }

  private static void readOnly(Path file) {
    if (!file.toFile().setReadOnly()) {
      throw new UncheckedIOException(new IOException(file + " cannot be made read-only"));
    }
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
