package mlops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import mlops.Main;
import mlops.Program;

/** The real program as a process of its own, with little memory, on a site. */
final class Mlops {
  private final Process process;
  private final BufferedReader lines;
  private final StringBuilder said = new StringBuilder();

  private Mlops(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  static Mlops start(Site site, String... words) throws IOException {
    return new Mlops(new ProcessBuilder(line(site, words)).redirectErrorStream(true).start());
  }

  /** The command line; predictions and the report go to the folder of the site. */
  static List<String> line(Site site, String... words) {
    List<String> line = Program.java("-Xmx32m");
    line.add(Main.class.getName());
    line.addAll(List.of(words));
    line.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    line.addAll(List.of("--state", site.state().toString()));
    line.addAll(List.of("--download", site.path("predictions").toString()));
    if (words[0].equals("replay")) {
      line.addAll(List.of("--html", site.path("report.html").toString()));
    }
    return line;
  }

  /** Reads on until a line matches; false where the end comes first. */
  boolean says(Pattern expected) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (expected.matcher(line).find()) {
        return true;
      }
    }
    return false;
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Reads to the end; the exit code. */
  int end() throws IOException, InterruptedException {
    says(Pattern.compile("(?!)"));
    return process.waitFor();
  }

  String said() {
    return said.toString();
  }
}
