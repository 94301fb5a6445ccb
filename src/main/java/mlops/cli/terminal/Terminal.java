package mlops.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The settings of the terminal: what Java cannot ask or change, {@code stty} can.
 *
 * <p>JLine would be a library for it. Without native code it starts {@code stty} itself, and seven
 * other programs before the first look, which takes 0.25 s where this takes 0.03 s; with its native
 * library it takes as long, unpacks that library into the temporary folder, and newer JVMs warn of
 * it (JLine 3.30, JDK 17 and 25).
 */
final class Terminal {

  /** What {@code stty} says to some words; empty where there is no terminal or no shell. */
  static String stty(String words) {
    List<String> line = List.of("/bin/sh", "-c", "stty " + words + " </dev/tty");
    try {
      Process stty =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return ""; // a system without a shell
    }
  }

  private Terminal() {}
}
