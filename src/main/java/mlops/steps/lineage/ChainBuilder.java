package mlops.steps.lineage;

import java.util.ArrayList;
import java.util.List;
import mlops.steps.lineage.LineageLink.State;

/** A chain as it grows. */
final class ChainBuilder {
  private final List<LineageLink> links = new ArrayList<>();

  void found(String kind, String name, String id, String said) {
    links.add(new LineageLink(kind, name, id, State.FOUND, said));
  }

  void noted(String kind, String name, String id, String said) {
    links.add(new LineageLink(kind, name, id, State.NOTED, said));
  }

  void broken(String kind, String name, String id, String said) {
    links.add(new LineageLink(kind, name, id, State.BROKEN, said));
  }

  /** A link that is there, or else says why not. */
  void asked(String kind, String name, String id, Fetched<?> fetched) {
    if (fetched.found().isPresent()) {
      found(kind, name, id, "");
    } else {
      broken(kind, name, id, fetched.why());
    }
  }

  LineageChain build(String environment, String workspace) {
    return new LineageChain(environment, workspace, links);
  }
}
