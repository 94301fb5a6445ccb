package mlops.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules that CONTRIBUTING.md states in its blocks {@code ```arrows} and {@code ```libraries}:
 * the page is what the tests check, so it cannot go stale.
 *
 * <p>A line of arrows is a package and its rooms: {@code emulator.blob: content ← store ← rest |
 * dfs ← .} says that {@code store} may import {@code content}, that {@code rest} and {@code dfs}
 * may import both but not each other, and that the package itself ({@code .}) may import all of
 * them. A line {@code emulator.graph = http state} states one room's imports by name. Packages that
 * only some rooms of a package may import stand as {@code cli.local | rehearsal only emulator}.
 */
final class ArchitecturePage {
  private static final Path PAGE = Path.of("CONTRIBUTING.md");

  private final Map<String, Map<String, Set<String>>> rooms = new TreeMap<>();
  private final Map<String, Set<String>> only = new LinkedHashMap<>();
  private final Map<String, List<String>> libraries = new LinkedHashMap<>();

  static ArchitecturePage read() throws IOException {
    ArchitecturePage page = new ArchitecturePage();
    String text = Files.readString(PAGE);
    block(text, "arrows").forEach(page::arrow);
    block(text, "libraries").forEach(page::library);
    return page;
  }

  private static List<String> block(String text, String name) {
    Matcher block = Pattern.compile("(?s)```" + name + "\n(.*?)```").matcher(text);
    if (!block.find()) {
      throw new IllegalStateException(PAGE + " has no block ```" + name);
    }
    return block.group(1).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  private void arrow(String line) {
    if (line.contains(" only ")) {
      String[] parts = line.split(" only ");
      only.put(parts[1].strip(), words(parts[0].replace('|', ' ')));
    } else if (line.contains(" = ")) {
      String[] parts = line.split(" = ");
      List<String> path = names(parts[0].strip());
      String parent = String.join(".", path.subList(0, path.size() - 1));
      rule(parent, path.get(path.size() - 1), words(parts[1]));
    } else {
      chain(line);
    }
  }

  private void chain(String line) {
    String parent = line.substring(0, line.indexOf(':')).strip();
    Set<String> below = new LinkedHashSet<>();
    for (String group : line.substring(line.indexOf(':') + 1).split("←")) {
      Set<String> together = words(group.replace('|', ' '));
      together.forEach(room -> rule(parent, room, below));
      below.addAll(together);
    }
  }

  private void rule(String parent, String room, Set<String> imports) {
    rooms.computeIfAbsent(parent, p -> new TreeMap<>()).put(room, new LinkedHashSet<>(imports));
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>(Arrays.asList(text.strip().split("\\s+")));
    words.remove("");
    words.remove("—");
    return words;
  }

  private void library(String line) {
    String[] parts = line.split(":");
    libraries.put(parts[0].strip(), List.copyOf(words(parts[1])));
  }

  /** Packages of libraries, and the packages of ours that may import each. */
  Map<String, List<String>> libraries() {
    return libraries;
  }

  /** Whether a class of the package {@code from} may import one of {@code to}. */
  boolean allows(String from, String to) {
    for (Map.Entry<String, Set<String>> rule : only.entrySet()) {
      if (in(to, rule.getKey()) && !in(from, rule.getKey()) && !in(from, "")) {
        if (rule.getValue().stream().noneMatch(user -> in(from, user))) {
          return false;
        }
      }
    }
    List<String> a = names(from);
    List<String> b = names(to);
    int same = 0;
    while (same < a.size() && same < b.size() && a.get(same).equals(b.get(same))) {
      same++;
    }
    String parent = String.join(".", a.subList(0, same));
    String room = same < a.size() ? a.get(same) : ".";
    String other = same < b.size() ? b.get(same) : ".";
    Map<String, Set<String>> rules = rooms.getOrDefault(parent, Map.of());
    return rules.getOrDefault(room, Set.of()).contains(other);
  }

  /** The packages that the page names, below {@code mlops}; the root is empty. */
  Set<String> packages() {
    Set<String> named = new LinkedHashSet<>();
    rooms.forEach(
        (parent, children) ->
            children
                .keySet()
                .forEach(
                    c ->
                        named.add(
                            c.equals(".") ? parent : parent.isEmpty() ? c : parent + "." + c)));
    return named;
  }

  private static boolean in(String name, String parent) {
    return name.equals(parent) || (!parent.isEmpty() && name.startsWith(parent + "."));
  }

  private static List<String> names(String name) {
    if (name.equals(".")) {
      return List.of(".");
    }
    if (name.endsWith("..")) {
      List<String> path = new ArrayList<>(names(name.substring(0, name.length() - 2)));
      path.add(".");
      return path;
    }
    return name.isEmpty() ? List.of() : List.of(name.split("\\."));
  }
}
