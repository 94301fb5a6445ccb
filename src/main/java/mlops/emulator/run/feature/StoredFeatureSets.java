package mlops.emulator.run.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobPrincipal;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.RetrievalList;
import mlops.features.spec.SourceType;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.yaml.Mistakes;

/** Feature sets of stores as a job reads them: their specifications and their sources. */
final class StoredFeatureSets {
  private static final String READ = MlPaths.ACTION + "featuresets/read";

  private final Job job;
  private final JobPrincipal actor;
  private final Path scratch;
  private final Map<String, SourceTable> read = new HashMap<>();

  /**
   * @param actor who reads them
   * @param scratch a folder for what is read
   */
  StoredFeatureSets(Job job, JobPrincipal actor, Path scratch) {
    this.job = job;
    this.actor = actor;
    this.scratch = scratch;
  }

  /**
   * The set of a feature.
   *
   * @throws JobFailure where it is not there, or may not be read
   */
  SourceTable of(RetrievalList.Feature feature) {
    SourceTable known = read.get(feature.setId());
    if (known == null) {
      known = table(feature.set() + ":" + feature.version(), document(feature));
      read.put(feature.setId(), known);
    }
    return known;
  }

  private ObjectNode document(RetrievalList.Feature feature) {
    String store = feature.store();
    if (!job.services().access().allowsByNow(actor.objectId(), READ, store)) {
      throw new JobFailure(
          "AuthorizationFailed",
          "Cannot read feature sets of %s: %s (object id '%s') does not have authorization to perform action '%s' over scope '%s'. Grant it the role 'AzureML Data Scientist' there."
              .formatted(MlPaths.name(store), actor.words(), actor.objectId(), READ, store));
    }
    return job.services()
        .state()
        .read(feature.setId())
        .orElseThrow(
            () ->
                JobFailure.user(
                    "The feature set %s:%s was not found in feature store %s, which %s names. Create it there (mlops features apply), or name a version that is there."
                        .formatted(
                            feature.set(),
                            feature.version(),
                            MlPaths.name(store),
                            RetrievalList.FILE)));
  }

  /**
   * A set with its specification and its source, brought here.
   *
   * @param id such as {@code zone_hourly:1}
   * @param document of its version
   * @throws JobFailure where they are not there or may not be read, or need Spark
   */
  SourceTable table(String id, ObjectNode document) {
    Path folder = scratch.resolve(String.valueOf(read.size()));
    String path = document.at("/properties/specification/path").asText();
    job.staging().input(job.locations().of(path), false, folder.resolve("spec"), actor);
    FeatureSetSpec spec = spec(id, folder.resolve("spec"));
    if (spec.needsSpark()) {
      throw new JobFailure(
          "NotImplemented",
          "The embedded Azure does not compute %s: it needs Spark (%s). Retrieve it on Azure (--cloud azure)."
              .formatted(
                  id,
                  spec.transformer()
                      .orElseGet(() -> "its source is " + spec.source().type().word)));
    }
    TableFile.Format format =
        spec.source().type() == SourceType.CSV ? TableFile.Format.CSV : TableFile.Format.PARQUET;
    String all = "/\\*(\\.%s)?$".formatted(format.word()); // all files of a folder
    BlobLocation place = job.locations().of(spec.source().path().replaceFirst(all, "/"));
    boolean file = job.storage().isFile(place, actor);
    Path source = job.staging().input(place, file, folder.resolve("source"), actor);
    return new SourceTable(id, spec, new TableFile(id, source, format));
  }

  private static FeatureSetSpec spec(String id, Path folder) {
    Path file = folder.resolve("FeatureSetSpec.yaml");
    if (!Files.isRegularFile(file)) {
      throw JobFailure.user("The specification of %s has no FeatureSetSpec.yaml.".formatted(id));
    }
    Mistakes mistakes = new Mistakes();
    return SpecReader.read(file, mistakes)
        .filter(spec -> mistakes.isEmpty())
        .orElseThrow(
            () ->
                JobFailure.user(
                    "The specification of %s in its store cannot be used: %s."
                        .formatted(
                            id,
                            mistakes.all().stream()
                                .map(m -> "line %d: %s".formatted(m.place().line(), m.message()))
                                .collect(Collectors.joining("; ")))));
  }
}
