package mlops.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a command and what each waits for. Steps that do not wait for each other run at the
 * same time.
 *
 * @param name the command, such as {@code bootstrap}
 */
public record Recipe(String name, List<Node> nodes) {

  /**
   * A step in its place.
   *
   * @param id stable, short and unique, such as {@code workspace.dev}
   * @param waitsFor the ids of steps above it
   */
  public record Node(String id, Step step, Set<String> waitsFor) {}

  public Recipe {
    nodes = List.copyOf(nodes);
  }

  /**
   * The step with an id, and what it needs to run; empty where the recipe has no such step. Its
   * steps keep their order.
   */
  public Optional<Recipe> upTo(String id) {
    Set<String> needed = new HashSet<>(Set.of(id));
    for (int i = nodes.size() - 1; i >= 0; i--) { // a step waits only for steps above it
      if (needed.contains(nodes.get(i).id())) {
        needed.addAll(nodes.get(i).waitsFor());
      }
    }
    List<Node> kept = nodes.stream().filter(node -> needed.contains(node.id())).toList();
    return kept.isEmpty() ? Optional.empty() : Optional.of(new Recipe(name, kept));
  }

  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Puts a recipe together from top to bottom. A step can only wait for steps above it. */
  public static final class Builder {
    private final String name;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    public Builder step(String id, Step step, String... waitsFor) {
      for (String other : waitsFor) {
        if (!nodes.containsKey(other)) {
          throw new IllegalArgumentException(
              id + " waits for " + other + ", which is not above it");
        }
      }
      if (nodes.put(id, new Node(id, step, Set.of(waitsFor))) != null) {
        throw new IllegalArgumentException("two steps are called " + id);
      }
      return this;
    }

    /** The ids of the steps so far that start with a word, such as {@code upload.test.}. */
    public List<String> startingWith(String start) {
      return nodes.keySet().stream().filter(id -> id.startsWith(start)).toList();
    }

    public Recipe build() {
      return new Recipe(name, new ArrayList<>(nodes.values()));
    }
  }
}
