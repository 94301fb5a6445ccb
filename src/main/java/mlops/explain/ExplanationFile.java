package mlops.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** Texts that come with mlops, as YAML. */
final class ExplanationFile {

  /** Its entries, in their order. */
  static Map<String, YamlNode> read(String resource) {
    Mistakes mistakes = new Mistakes();
    try (InputStream file =
        Objects.requireNonNull(ExplanationFile.class.getResourceAsStream(resource), resource)) {
      String yaml = new String(file.readAllBytes(), UTF_8);
      YamlNode root =
          YamlFile.parse(Path.of(resource), yaml, mistakes).orElseThrow(mistakes::asException);
      mistakes.throwIfAny();
      return root.entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ExplanationFile() {}
}
