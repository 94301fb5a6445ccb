package mlops.assets;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The YAML files that tests read. */
final class TestFiles {

  static Path guide(String name) {
    return resource("guide/" + name);
  }

  static Path resource(String name) {
    try {
      URL url = TestFiles.class.getResource("/assets/" + name);
      if (url == null) {
        throw new IllegalStateException("no test file " + name);
      }
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private TestFiles() {}
}
