package mlops.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mlops.profile.Profile.Cloud;
import mlops.profile.Profile.PythonMatch;
import mlops.profile.Profile.Upload;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProfileFileTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();

  @Test
  void the_profile_of_the_project_has_the_names_of_the_guide() {
    Profile profile = ProfileFile.load(Path.of("mlops.yml"), ProfileOverrides.none(), Map.of());
    assertEquals("demo", profile.suffix());
    assertEquals(Cloud.LOCAL, profile.cloud());
    assertEquals(Optional.empty(), profile.subscription());
    assertEquals("eastus2", profile.location());
    assertEquals("rg-demo-mlops-demo", profile.resourceGroups().ml());
    assertEquals("rg-demo-mlops-storage-demo", profile.resourceGroups().storage());
    assertEquals("stgaccmlops2demodemo", profile.storageAccount());
    assertEquals("mlopsuidemodemo", profile.identity());
    assertEquals("ml-mlopsdemo-demo-01", profile.dev().environment().workspace());
    assertEquals("Prod Workspace", profile.prod().environment().displayName());
    assertEquals("taxifare-b-mldemo-t-demo", profile.test().endpointName());
    assertEquals(
        new Upload(ROOT.resolve("data/taxi-batch.csv"), "taxibatch/taxi-batch.csv"),
        profile.test().environment().blobs().uploads().get(0));
    assertEquals(
        Map.of("r2", new Profile.Limit(Optional.of(0.7), Optional.empty())),
        profile.gate().metrics());
    assertTrue(profile.gate().championNotWorse());
    assertEquals(Map.of("test", false, "prod", false), profile.approvals());
    assertEquals(PythonMatch.NEAREST, profile.python());
  }

  @Test
  void the_command_line_comes_before_the_file() {
    String id = "12345678-1234-1234-1234-123456789abc";
    ProfileOverrides overrides =
        new ProfileOverrides(
            Optional.of("x"),
            Optional.of(Cloud.AZURE),
            Optional.of(id),
            Optional.of(PythonMatch.EXACT));
    Profile profile = ProfileFile.load(Path.of("mlops.yml"), overrides, Map.of());
    assertEquals("rg-demo-mlops-x", profile.resourceGroups().ml());
    assertEquals(Cloud.AZURE, profile.cloud());
    assertEquals(Optional.of(id), profile.subscription());
    assertEquals(PythonMatch.EXACT, profile.python());
  }
}
