package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.blob.store.Blob;
import mlops.features.materialize.StoreFolder;
import mlops.features.online.SqliteStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops features materialize}: jobs of the store compute what is missing, once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesMaterializeTest {
  private static final String ACCOUNT = "stgaccmlops2demodemo";
  private static final String STEP = "materialize.zone_hourly.1";
  private static final String ROWS =
      """
      zone,event_time,fare,speed
      Z7,2026-03-03T23:30:00Z,12,10
      Z7,2026-03-04T00:10:00Z,5,20
      Z9,2026-03-04T12:00:00Z,8,30
      Z7,2026-03-05T00:00:00Z,9,40
      """;

  private static final String CACHE =
      """
      online_store:
        type: redis
        target: /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Cache/Redis/taxi
      """;

  @TempDir Path folder;

  private Site site() throws IOException {
    Site site = FeaturesApplyTest.site(folder);
    site.write("data/zone-trips.csv", ROWS);
    assertEquals(0, site.run("bootstrap"), site::said);
    return site;
  }

  @Test
  void a_window_is_materialized_once_into_the_lake_and_the_online_store() throws IOException {
    Site site = site();
    assertEquals(1, site.run("features", "materialize", "--from", "2026-03-04"), site::said);
    assertTrue(site.said().contains("mlops features apply"), site::said);
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(2, site.run("features", "materialize"), site::said);
    assertTrue(site.said().contains("such as --from 2015-01-01"), site::said);

    String[] young = {"features", "materialize", "--from", "2126-03-04"};
    assertEquals(2, site.run(young), site::said);
    assertTrue(site.said().contains("can be had until"), site::said);
    String[] early = {"features", "materialize", "--from", "2015-01-01", "--to", "2015-01-02"};
    assertEquals(0, site.run(early), site::said);
    assertTrue(
        site.said()
            .contains(
                "note: no row lies there: those of the source are from 2026-03-03T23:30:00Z to 2026-03-05T00:00:00Z"),
        site::said);

    String[] day = {"features", "materialize", "--from", "2026-03-04", "--to", "2026-03-05"};
    assertEquals(0, site.run(day), site::said);

    assertFalse(site.said().contains("NotStarted"), site::said);
    assertFalse(site.said().contains(" Completed"), site::said);
    assertTrue(
        site.said().contains(" 2 rows offline (2 files written), 2 keys online"), site::said);
    assertEquals(List.of("2026-03-04"), days(site), "the end does not belong to the window");
    assertEquals(
        0,
        site.run(
            "features",
            "materialize",
            "zone_hourly:1",
            "--from",
            "2026-03-04T06:00:00Z",
            "--to",
            "2026-03-05T00:00:00Z",
            "-o",
            "json"),
        site::said);
    assertEquals(Optional.of("unchanged"), site.outcome(STEP), site::said);
    List<String> log = log(site);
    assertEquals(
        0,
        site.run(
            "features", "materialize", "--from", "2026-03-04", "--to", "2026-03-05", "--again"),
        site::said);
    assertEquals(log, log(site), "the same window leaves the same table");
    site.write("features/featurestore.yml", site.read("features/featurestore.yml") + CACHE);
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run("features", "materialize", "--to", "2026-03-06"), site::said);
    assertTrue(site.said().contains("note: the embedded Azure has no cache taxi:"), site::said);
    assertEquals(List.of("2026-03-04", "2026-03-05"), days(site), "it went on where it ended");
    assertTrue(Files.exists(online(site)), "the online store");
    assertEquals(0, site.run("jobs"), site::said);
    assertTrue(site.said().contains("fs-taxi  feature store\n      job "), site::said);
    assertTrue(site.said().contains("Featurestore-Materialization-BackfillJob"), site::said);
    try (SqliteStore store = SqliteStore.open(online(site))) {
      assertTrue(store.place().endsWith("online.db"), store.place());
    }
  }

  @Test
  void a_job_that_cannot_read_says_so_and_leaves_the_window_to_the_next() throws IOException {
    Site site = site();
    assertEquals(0, site.run("features", "apply"), site::said);
    EmbeddedAzure azure = open(site);
    String source = "sources/zone_hourly/zone-trips.csv";
    assertTrue(azure.blobs().delete(ACCOUNT, "fs-taxi", source));

    String[] day = {"features", "materialize", "--from", "2026-03-04", "--to", "2026-03-05"};
    assertEquals(1, site.run(day), site::said);
    assertTrue(site.said().contains("ended as Failed"), site::said);
    assertTrue(site.said().contains("there is nothing at"), site::said);
    assertTrue(site.said().contains("what is complete stays as it is"), site::said);
    Matcher hint = Pattern.compile("mlops logs (\\S+)").matcher(site.said());
    assertTrue(hint.find(), site::said);
    assertEquals(0, site.run("logs", hint.group(1)), site::said);
    assertTrue(site.said().contains("there is nothing at"), site::said);
    assertEquals(1, site.run("logs", hint.group(1), "--env", "dev"), site::said);

    site.write("data/zone-trips.csv", ROWS + "Z9,2026-03-04T13:00:00Z,dear,30\n");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(1, site.run(day), site::said);
    assertTrue(site.said().contains("fare of zone-trips.csv is no double"), site::said);
    assertTrue(site.said().contains("the type in spec/FeatureSetSpec.yaml"), site::said);
    site.write("data/zone-trips.csv", ROWS);

    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run(day), site::said);
    assertEquals(List.of("2026-03-04"), days(site));
  }

  private static EmbeddedAzure open(Site site) {
    return EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
  }

  private static List<Blob> lake(Site site, String what) {
    String folder =
        "fs-taxi_00000000-0000-0000-0000-000000000000_rg-demo-mlops-demo/zone_hourly/1/";
    return open(site).blobs().list(ACCOUNT, "fs-taxi", folder).stream()
        .filter(b -> b.name().matches(what))
        .toList();
  }

  /** The days of the table in the lake. */
  private static List<String> days(Site site) {
    return lake(site, ".*\\.parquet").stream()
        .map(b -> b.name().replaceFirst(".*partition=([^/]+)/.*", "$1"))
        .toList();
  }

  private static List<String> log(Site site) {
    return lake(site, ".*_delta_log/.*").stream().map(Blob::name).toList();
  }

  private static Path online(Site site) {
    String id =
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/workspaces/fs-taxi";
    JsonNode store = open(site).state().read(id).orElseThrow();
    String guid = store.at("/properties/workspaceId").asText();
    return StoreFolder.of(site.state(), guid).online();
  }
}
