package mlops.emulator.login.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * Links between objects of the tenant, such as the members of groups: one document for each object
 * that has some, in which they stand in the order in which they were made. An id may be that of an
 * object that is gone meanwhile.
 */
public final class DirectoryLinks {
  private final StateTree state;
  private final String collection;

  private DirectoryLinks(StateTree state, String collection) {
    this.state = state;
    this.collection = collection;
  }

  /** From groups to what is in them. */
  public static DirectoryLinks members(StateTree state) {
    return new DirectoryLinks(state, "/directory/members");
  }

  /** From groups, applications and service principals to those who answer for them. */
  public static DirectoryLinks owners(StateTree state) {
    return new DirectoryLinks(state, "/directory/owners");
  }

  /** The ids that an object links to. */
  public Set<String> of(String objectId) {
    return state.read(document(objectId), DirectoryLinks::ids).orElseGet(LinkedHashSet::new);
  }

  /** The ids that an object leads to over any number of links. */
  public Set<String> allOf(String objectId) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(of(objectId));
    while (!open.isEmpty()) {
      String id = open.remove();
      if (found.add(id)) {
        open.addAll(of(id));
      }
    }
    return found;
  }

  /** The objects that link to this one. */
  public Set<String> to(String objectId) {
    Set<String> found = new LinkedHashSet<>();
    for (ObjectNode document : documents()) {
      if (ids(document).contains(objectId)) {
        found.add(document.path("object").asText());
      }
    }
    return found;
  }

  /** The objects that lead to one of these over any number of links. */
  public Set<String> allTo(String... objectIds) {
    List<ObjectNode> documents = documents();
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(objectIds));
    while (!open.isEmpty() && !documents.isEmpty()) {
      String id = open.remove();
      for (ObjectNode document : documents) {
        String from = document.path("object").asText();
        if (ids(document).contains(id) && found.add(from)) {
          open.add(from);
        }
      }
    }
    return found;
  }

  private List<ObjectNode> documents() {
    return state.list(collection);
  }

  /** Says whether the link is new; inside {@code exclusively}. */
  public boolean add(String from, String to) {
    Set<String> ids = of(from);
    boolean added = ids.add(to);
    write(from, ids);
    return added;
  }

  /** Says whether the link was there; inside {@code exclusively}. */
  public boolean remove(String from, String to) {
    Set<String> ids = of(from);
    boolean removed = ids.remove(to);
    write(from, ids);
    return removed;
  }

  /** Removes all links that go from an object. */
  public void removeAll(String from) {
    state.delete(document(from));
  }

  private void write(String from, Set<String> ids) {
    ObjectNode document = Json.object().put("object", from);
    ids.forEach(document.putArray("links")::add);
    state.write(document(from), document);
  }

  private static Set<String> ids(ObjectNode document) {
    Set<String> ids = new LinkedHashSet<>();
    StreamSupport.stream(document.path("links").spliterator(), false)
        .map(JsonNode::asText)
        .forEach(ids::add);
    return ids;
  }

  private String document(String objectId) {
    return collection + "/" + objectId;
  }
}
