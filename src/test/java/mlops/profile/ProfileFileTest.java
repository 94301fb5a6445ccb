package mlops.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.profile.Profile.Cloud;
import mlops.profile.Profile.PythonMatch;
import mlops.profile.Profile.Upload;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertEquals("ml-mlopsdemo-demo-01", profile.training().environment().workspace());
    assertEquals("Prod Workspace", profile.targets().get(1).environment().displayName());
    assertEquals("taxifare-b-mldemo-t-demo", profile.targets().get(0).endpointName());
    assertEquals(
        new Upload(ROOT.resolve("data/taxi-batch.csv"), "taxibatch/taxi-batch.csv"),
        profile.targets().get(0).environment().blobs().uploads().get(0));
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
            Optional.of(PythonMatch.EXACT),
            Optional.empty());
    Profile profile = ProfileFile.load(Path.of("mlops.yml"), overrides, Map.of());
    assertEquals("rg-demo-mlops-x", profile.resourceGroups().ml());
    assertEquals(Cloud.AZURE, profile.cloud());
    assertEquals(Optional.of(id), profile.subscription());
    assertEquals(PythonMatch.EXACT, profile.python());
  }

  @Test
  void environments_have_any_names_and_stand_in_the_order_of_promotion(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("mlops.yml");
    String text =
        Files.readString(Path.of("mlops.yml"))
            .replace("  dev:\n", "  lab:\n")
            .replace("  prod:\n", "  live-eu:\n")
            .replaceAll(": ((compute|dev|test|prod|data)/)", ": " + ROOT.toUri().getPath() + "$1");
    Files.writeString(file, text.replace("prod: none", "live-eu: required"));
    Profile profile = ProfileFile.load(file, ProfileOverrides.none(), Map.of());
    assertEquals("lab", profile.training().name());
    assertEquals(
        List.of("test", "live-eu"), profile.targets().stream().map(Profile.Target::name).toList());
    assertEquals(List.of(), profile.before(profile.targets().get(0)));
    assertEquals(
        profile.targets().subList(0, 1), profile.before(profile.target("live-eu").orElseThrow()));
    assertEquals(Map.of("test", false, "live-eu", true), profile.approvals());
  }
}
