package mlops.emulator.run.data;

import java.util.Locale;
import java.util.Map;

/** What a blob says it holds, by the end of its name. */
public final class ContentTypes {
  private static final Map<String, String> BY_END =
      Map.of(
          "txt",
          "text/plain",
          "log",
          "text/plain",
          "csv",
          "text/csv",
          "json",
          "application/json",
          "html",
          "text/html",
          "png",
          "image/png",
          "svg",
          "image/svg+xml");

  public static String of(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_END.getOrDefault(end, "application/octet-stream");
  }

  private ContentTypes() {}
}
