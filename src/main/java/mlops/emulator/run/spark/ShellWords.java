package mlops.emulator.run.spark;

import java.util.List;
import java.util.stream.Collectors;

/** Words in quotes, as a POSIX shell and Python's {@code shlex} take them apart again. */
final class ShellWords {

  static String of(List<String> words) {
    return words.stream().map(ShellWords::of).collect(Collectors.joining(" "));
  }

  static String of(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\"'\"'") + "'";
  }

  private ShellWords() {}
}
