package mlops.steps.lineage;

import java.util.List;

/**
 * Where a model comes from, link by link: from the deployment back to code, data and environment.
 *
 * @param environment what the user calls the environment where it begins
 * @param workspace of that environment
 */
public record LineageChain(String environment, String workspace, List<LineageLink> links) {

  public LineageChain {
    links = List.copyOf(links);
  }

  /** The links that are not whole; none where all is well. */
  public List<LineageLink> broken() {
    return links.stream().filter(LineageLink::isBroken).toList();
  }
}
