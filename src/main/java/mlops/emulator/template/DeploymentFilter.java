package mlops.emulator.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Request;

/** The {@code $filter} of a list of deployments. */
final class DeploymentFilter {
  private static final String CODE = "InvalidFilterInQueryString";

  /**
   * The deployments that a request asks for.
   *
   * @throws ApiException 400 for a filter by anything but {@code provisioningState}
   */
  static List<ObjectNode> wanted(Request request, List<ObjectNode> all) {
    Optional<Filter> filter =
        request
            .queryValue("$filter")
            .filter(f -> !f.isBlank()) // az sends an empty one where it means none
            .map(DeploymentFilter::filter);
    return all.stream().filter(d -> filter.isEmpty() || passes(filter.get(), d)).toList();
  }

  private static boolean passes(Filter filter, ObjectNode deployment) {
    return filter.test(field -> deployment.at("/properties/provisioningState"), call -> false);
  }

  private static Filter filter(String text) {
    return Filter.parse(text, CODE)
        .requireKnown(
            Set.of("provisioningstate"),
            Set.of(),
            () ->
                ApiException.badRequest(
                    CODE,
                    "Invalid $filter '%s' specified in the query string: deployments are filtered by provisioningState only."
                        .formatted(text)));
  }

  private DeploymentFilter() {}
}
