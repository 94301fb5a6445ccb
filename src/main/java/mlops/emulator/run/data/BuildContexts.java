package mlops.emulator.run.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.run.record.JobPrincipal;

/** The files that images of environments are built of. */
public final class BuildContexts {
  /** What says which packages are installed. */
  private static final Pattern TEXTS =
      Pattern.compile("(?i)(.*/)?(dockerfile[^/]*|[^/]+\\.(txt|in|ya?ml|dockerfile))");

  private static final long LONGEST = 1 << 20;

  private final DataLocations locations;
  private final JobStorage storage;

  public BuildContexts(DataLocations locations, JobStorage storage) {
    this.locations = locations;
    this.storage = storage;
  }

  /** The texts of a build context, by their paths in it. */
  public Map<String, String> texts(String uri) {
    BlobLocation place = locations.of(uri);
    Map<String, String> texts = new LinkedHashMap<>();
    for (Blob blob : storage.read(place, JobPrincipal.workspace())) {
      String name = blob.name().substring(Math.min(place.prefix().length(), blob.name().length()));
      if (TEXTS.matcher(name).matches() && blob.size() <= LONGEST) {
        texts.put(name, text(blob));
      }
    }
    return texts;
  }

  private static String text(Blob blob) {
    try {
      return new String(Files.readAllBytes(blob.content()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
