package mlops.assets.content;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One line of an ignore file, with the meaning that gitignore(5) gives it. */
record IgnoreRule(Pattern pattern, boolean isNegated, boolean foldersOnly) {

  /** Empty for comments, blank lines and what git would not understand. */
  static Optional<IgnoreRule> parse(String line) {
    String glob = withoutTrailingSpaces(line);
    if (glob.isEmpty() || glob.startsWith("#")) {
      return Optional.empty();
    }
    boolean negated = glob.startsWith("!");
    glob = negated ? glob.substring(1) : glob;
    boolean foldersOnly = glob.endsWith("/");
    glob = foldersOnly ? glob.substring(0, glob.length() - 1) : glob;
    boolean anchored = glob.contains("/");
    glob = glob.startsWith("/") ? glob.substring(1) : glob;
    if (glob.isEmpty()) {
      return Optional.empty();
    }
    try {
      Pattern pattern = Pattern.compile((anchored ? "" : "(?:.*/)?") + regex(glob));
      return Optional.of(new IgnoreRule(pattern, negated, foldersOnly));
    } catch (PatternSyntaxException e) {
      return Optional.empty(); // such as [z-a]; git lets it match nothing
    }
  }

  boolean matches(String path, boolean isFolder) {
    return (isFolder || !foldersOnly) && pattern.matcher(path).matches();
  }

  private static String withoutTrailingSpaces(String line) {
    String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    while (text.endsWith(" ") && !text.endsWith("\\ ")) {
      text = text.substring(0, text.length() - 1);
    }
    return text;
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      if (glob.startsWith("**/", i) && startsName(glob, i)) {
        regex.append("(?:.*/)?");
        i += 3;
      } else if (glob.startsWith("**", i) && startsName(glob, i) && i + 2 == glob.length()) {
        regex.append(".+");
        i += 2;
      } else if (glob.charAt(i) == '[' && classEnd(glob, i) > 0) {
        int end = classEnd(glob, i);
        regex.append(characterClass(glob.substring(i + 1, end)));
        i = end + 1;
      } else {
        i = character(glob, i, regex);
      }
    }
    return regex.toString();
  }

  private static boolean startsName(String glob, int i) {
    return i == 0 || glob.charAt(i - 1) == '/';
  }

  private static int character(String glob, int i, StringBuilder regex) {
    char c = glob.charAt(i);
    if (c == '*') {
      regex.append("[^/]*");
    } else if (c == '?') {
      regex.append("[^/]");
    } else if (c == '\\' && i + 1 < glob.length()) {
      regex.append(Pattern.quote(glob.substring(i + 1, i + 2)));
      return i + 2;
    } else {
      regex.append(Pattern.quote(String.valueOf(c)));
    }
    return i + 1;
  }

  /** Where a class such as {@code [a-z]} or {@code []x]} ends, or -1 where it does not. */
  private static int classEnd(String glob, int start) {
    int first = start + 1;
    if (first < glob.length() && (glob.charAt(first) == '!' || glob.charAt(first) == '^')) {
      first++;
    }
    return glob.indexOf(']', first + 1);
  }

  private static String characterClass(String content) {
    boolean negated = content.startsWith("!") || content.startsWith("^");
    String members = negated ? content.substring(1) : content;
    String escaped = members.replace("[", "\\[").replace("]", "\\]").replace("&", "\\&");
    return (negated ? "[^/" : "[") + escaped.replace("^", "\\^") + "]";
  }
}
