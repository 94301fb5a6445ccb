package mlops.emulator.run.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.record.JobPrincipal;
import mlops.features.table.SourceTable;

/**
 * A version of a feature set that a job materialises.
 *
 * @param version its document
 * @param actor who reads its specification and its source
 */
record StagedSet(Job job, ObjectNode version, JobPrincipal actor) {

  String name() {
    String id = version.path("id").asText();
    String container = id.substring(0, id.indexOf("/versions/"));
    return container.substring(container.lastIndexOf('/') + 1);
  }

  String number() {
    return version.path("name").asText();
  }

  /**
   * Whether its values are kept in a store.
   *
   * @param which {@code offline} or {@code online}
   */
  boolean isKept(String which) {
    return version
        .at("/properties/materializationSettings/storeType")
        .asText()
        .toLowerCase(Locale.ROOT)
        .contains(which);
  }

  SourceTable source() {
    return new StoredFeatureSets(job, actor, job.folder()).table(name() + ":" + number(), version);
  }
}
