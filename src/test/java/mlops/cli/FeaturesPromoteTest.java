package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was trained with features goes nowhere without the feature sets that it names. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesPromoteTest {
  @TempDir Path folder;

  private static void laterTargetsOfARegistryLookToo(Site site, String set) {
    assertEquals(0, site.run("bootstrap", "--via", "registry"), site::said);
    assertEquals(0, site.run("promote", "--to", "test", "--via", "registry"), site::said);
    String[] prod = {"promote", "--to", "prod", "--via", "registry", "--force-unscored"};
    site.change(set, "stage: Development", "stage: Archived");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(3, site.run(prod), site::said);
    assertTrue(site.said().contains("which is archived in feature store fs-taxi"), site::said);
    site.change(set, "stage: Archived", "stage: Development");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run(prod), site::said);
  }

  @Test
  void a_model_is_promoted_only_where_its_feature_sets_stand() {
    Site site = Site.tiny(folder);
    Site.copy(Path.of("features"), site.path("features"));
    site.write("dev/src/spec.yaml", site.read("dev/features/feature_retrieval_spec.yaml"));
    site.change(
        "dev/src/register.py",
        "with open(os.path.join(folder, \"factor.txt\")",
        """
        import shutil
        shutil.copyfile("spec.yaml", os.path.join(folder, "feature_retrieval_spec.yaml"))
        with open(os.path.join(folder, "factor.txt")""");
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("train"), site::said);

    assertEquals(3, site.run("promote", "--to", "test"), site::said);
    assertTrue(
        site.said()
            .contains(
                "was trained with feature set zone_hourly:1, which feature store fs-taxi does not have"),
        site::said);

    assertEquals(0, site.run("features", "apply"), site::said);
    String set = "features/zone_hourly/zone_hourly.yml";
    site.change(set, "stage: Development", "stage: Archived");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(3, site.run("promote", "--to", "test"), site::said);
    assertTrue(site.said().contains("az ml feature-set restore --name zone_hourly"), site::said);

    site.change(set, "stage: Archived", "stage: Development");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    laterTargetsOfARegistryLookToo(site, set);

    assertEquals(0, site.run("replay", "--features", "--plan"), site::said);
    assertTrue(site.said().contains("lineage.features"), site::said);
    assertEquals(0, site.run("train", "--features", "--plan", "--explain"), site::said);
    assertTrue(site.said().contains("features.pipeline = dev/pipeline-features.yml"), site::said);
    assertTrue(site.said().contains("features.model = taxi-zone-model-mlops-demo"), site::said);
    assertFalse(site.said().contains("environments.dev.pipeline"), site::said);
    assertEquals(2, site.run("replay", "--features", "--from", "compare"), site::said);
    assertEquals(2, site.run("train", "--features", "--file", "dev/pipeline.yml"), site::said);
  }
}
