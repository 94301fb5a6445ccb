package mlops.cli.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.cli.session.Session;
import mlops.plan.StepResult;

/**
 * How long each step took when it last did something, kept beside the state for whoever watches the
 * next run. It is worth no failure: where the file cannot be read or written, nobody is told of
 * times.
 *
 * @param file milliseconds by the id of a step, as JSON
 * @param cloud in the key of each step: the same step takes longer on Azure
 */
public record StepTimes(Path file, String cloud) {
  /** Its name in the folder of a state, which is no document of it. */
  public static final String FILE = ".durations";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 2000;

  static StepTimes of(Session session) {
    Path state = session.options().state(session.environment().variables());
    String cloud = session.profile().cloud().name();
    return new StepTimes(state.resolve(FILE), cloud);
  }

  /** By the id of a step; empty where none are known. */
  Map<String, Duration> last() {
    Map<String, Duration> last = new HashMap<>();
    read()
        .forEach(
            (key, millis) -> {
              if (key.startsWith(cloud + "/")) {
                last.put(key.substring(cloud.length() + 1), Duration.ofMillis(millis));
              }
            });
    return last;
  }

  /** Keeps those of a run. A step that only looked says nothing new of how long it takes. */
  void keep(List<StepResult> results) {
    Map<String, Long> all = read();
    for (StepResult result : results) {
      String key = cloud + "/" + result.node().id();
      if (result instanceof StepResult.Applied applied) {
        all.put(key, applied.elapsed().toMillis());
      } else if (result instanceof StepResult.Unchanged same) {
        all.putIfAbsent(key, same.elapsed().toMillis());
      }
    }
    write(all);
  }

  private Map<String, Long> read() {
    try {
      return JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Long>>() {});
    } catch (IOException e) {
      return new TreeMap<>(); // there is none yet, or none that can be read
    }
  }

  private void write(Map<String, Long> all) {
    if (all.size() > MOST) {
      all.clear(); // of steps long gone
    }
    try {
      Files.createDirectories(file.resolveSibling(""));
      Path whole = Files.createTempFile(file.resolveSibling(""), FILE, ".new");
      JSON.writeValue(whole.toFile(), all);
      Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // the next run knows no times, as the first did
    }
  }
}
