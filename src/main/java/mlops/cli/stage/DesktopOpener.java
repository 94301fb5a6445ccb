package mlops.cli.stage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mlops.error.MlopsException;

/** Shows a file as a click on it would: by the program that the desktop has for it. */
final class DesktopOpener {
  /** What refuses does so at once; a browser may stay. */
  private static final int REFUSES_WITHIN_SECONDS = 5;

  private DesktopOpener() {}

  /**
   * Shows a file.
   *
   * @param variables of the user: in the PATH the opener is looked for
   * @throws MlopsException FAILED where there is no opener, or it refuses
   */
  static void open(Path file, Map<String, String> variables) throws InterruptedException {
    List<String> command = new ArrayList<>(opener(file, variables));
    String program = command.get(0);
    command.add(file.toAbsolutePath().toString());
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(variables);
      Process process = builder.start();
      if (process.waitFor(REFUSES_WITHIN_SECONDS, TimeUnit.SECONDS) && process.exitValue() != 0) {
        throw failed(file, "%s ended with exit code %d".formatted(program, process.exitValue()));
      }
    } catch (IOException e) {
      throw failed(file, "%s cannot be started: %s".formatted(program, e.getMessage()));
    }
  }

  private static List<String> opener(Path file, Map<String, String> variables) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return List.of("rundll32.exe", "url.dll,FileProtocolHandler");
    }
    String program = system.startsWith("mac") ? "open" : "xdg-open";
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(variables.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> List.of(found.toString()))
        .orElseThrow(
            () ->
                failed(
                    file,
                    "there is no %s here, which shows files on a desktop".formatted(program)));
  }

  private static MlopsException failed(Path file, String why) {
    return MlopsException.failed(
        "NotOpened",
        "The page is written, but not shown: " + why,
        "Open it yourself: " + file.toAbsolutePath().toUri());
  }
}
