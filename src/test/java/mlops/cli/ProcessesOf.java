package mlops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes that name a folder in their command line or environment, as Linux shows them. */
record ProcessesOf(Path folder) {

  /** All of them, or only those that run Java: commands and the hosts of jobs. */
  List<String> alive(boolean java) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        boolean named =
            read(process, "cmdline").contains(folder.toString())
                || read(process, "environ").contains(folder.toString());
        if (named && (!java || read(process, "comm").startsWith("java"))) {
          found.add(process.getFileName().toString());
        }
      }
    }
    return found;
  }

  /** Kills all that are alive at once. */
  void kill(boolean java) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("kill", "-KILL"));
    words.addAll(alive(java));
    if (words.size() > 2) {
      new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  private static String read(Path process, String name) {
    try {
      return Files.readString(process.resolve(name), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it is over, or another user's
    }
  }
}
