package mlops.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.python.requirement.CondaFile;
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.emulator.run.record.JobFailure;
import mlops.profile.Profile;
import mlops.steps.doctor.HealthFinding;

/**
 * What the file of an environment pins: the image, and the Python of its conda file.
 *
 * @param file its name, for people
 * @param image empty where it is built
 */
record EnvironmentPins(String file, String image, PythonVersions python) {
  /** When the support of a version ended or ends: devguide.python.org/versions. */
  private static final Map<String, LocalDate> PYTHONS =
      Map.of(
          "3.6", LocalDate.of(2021, 12, 23),
          "3.7", LocalDate.of(2023, 6, 27),
          "3.8", LocalDate.of(2024, 10, 7),
          "3.9", LocalDate.of(2025, 10, 31),
          "3.10", LocalDate.of(2026, 10, 31),
          "3.11", LocalDate.of(2027, 10, 31),
          "3.12", LocalDate.of(2028, 10, 31));

  /** The same of Ubuntu, on which Microsoft's images stand: ubuntu.com/about/release-cycle. */
  private static final Map<String, LocalDate> UBUNTUS =
      Map.of(
          "16.04", LocalDate.of(2021, 4, 30),
          "18.04", LocalDate.of(2023, 5, 31),
          "20.04", LocalDate.of(2025, 5, 31),
          "22.04", LocalDate.of(2027, 4, 30),
          "24.04", LocalDate.of(2029, 4, 30));

  private static final Pattern UBUNTU = Pattern.compile("ubuntu-?(\\d\\d\\.?04)");

  /** Those of the environments of a profile; what cannot be read pins nothing. */
  static List<EnvironmentPins> of(Profile profile) {
    return profile.environments().stream().map(e -> read(e.environment())).distinct().toList();
  }

  private static EnvironmentPins read(Path file) {
    String name = file.getFileName().toString();
    try {
      JsonNode yaml = new YAMLMapper().readTree(Files.readString(file));
      JsonNode conda = yaml.path("conda_file");
      String text =
          conda.isTextual()
              ? Files.readString(file.resolveSibling(conda.asText()))
              : conda.isMissingNode() ? "" : conda.toString();
      PythonVersions python =
          text.isEmpty() ? PythonVersions.any() : CondaFile.parse(text).python();
      return new EnvironmentPins(name, yaml.path("image").asText(), python);
    } catch (IOException | JobFailure e) {
      return new EnvironmentPins(name, "", PythonVersions.any()); // bootstrap and train say why
    }
  }

  /** Whether any of them is out of support at a day. */
  static HealthFinding ages(List<EnvironmentPins> all, LocalDate today) {
    List<HealthFinding> old = new ArrayList<>();
    for (EnvironmentPins pins : all) {
      pins.image(today, old);
      pins.python(today, old);
    }
    return old.isEmpty()
        ? HealthFinding.ok("no image and no Python is out of support")
        : HealthFinding.worst(old);
  }

  private void image(LocalDate today, List<HealthFinding> old) {
    Matcher ubuntu = UBUNTU.matcher(image);
    if (ubuntu.find()) {
      String release = ubuntu.group(1).replaceFirst("^(\\d\\d)(04)$", "$1.$2");
      LocalDate end = UBUNTUS.getOrDefault(release, LocalDate.MAX);
      if (end.isBefore(today)) {
        old.add(
            HealthFinding.warning(
                "the image of %s is on Ubuntu %s, without support since %s"
                    .formatted(file, release, end),
                "Take a newer image, such as mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04."));
      }
    }
  }

  private void python(LocalDate today, List<HealthFinding> old) {
    List<String> minors = python.isAny() ? List.of() : python.minors();
    boolean over =
        !minors.isEmpty()
            && minors.stream()
                .allMatch(minor -> PYTHONS.getOrDefault(minor, LocalDate.MAX).isBefore(today));
    if (over) {
      old.add(
          HealthFinding.warning(
              "%s asks for Python %s, without support since %s"
                  .formatted(file, python, PYTHONS.get(minors.get(0))),
              "Raise python in its conda file, and train and test with that."));
    }
  }
}
