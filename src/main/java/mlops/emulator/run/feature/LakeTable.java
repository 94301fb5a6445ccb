package mlops.emulator.run.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.record.JobPrincipal;

/**
 * A Delta table in the offline store, the same as one in a folder here. Files of data come before
 * the log that names them, and go after it: whoever reads meanwhile finds the table from before, or
 * the new one.
 */
record LakeTable(Job job, BlobLocation place, JobPrincipal actor) {

  /** Makes the table in the lake that in the folder; how many files came. */
  int publish(Path folder) {
    job.storage().require("write", place, actor);
    List<Path> files = files(folder);
    Set<String> there = new HashSet<>();
    for (Blob blob :
        job.services().blobs().list(place.account(), place.container(), place.prefix())) {
      there.add(blob.name().substring(place.prefix().length()));
    }
    int came = 0;
    Set<String> kept = new HashSet<>();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      kept.add(name);
      if (!there.contains(name)) { // names of data follow from it, and the log only grows
        job.storage().write(place.resolve(name), file, false, actor);
        came++;
      }
    }
    there.stream()
        .filter(name -> name.endsWith(".parquet") && !kept.contains(name))
        .map(place::resolve)
        .forEach(old -> job.services().blobs().delete(old.account(), old.container(), old.blob()));
    return came;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> f.toString().endsWith(".parquet") || isLog(f))
          .sorted(Comparator.comparing(LakeTable::isLog).thenComparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static boolean isLog(Path file) {
    return file.toString().matches(".*_delta_log.\\d+\\.json");
  }
}
