package mlops.steps.review;

import static mlops.steps.review.ReportPage.escape;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.profile.Profile;
import mlops.steps.lineage.LineageChain;
import mlops.steps.lineage.LineageLink;
import mlops.steps.lineage.LineageTrace;

/**
 * The part of a report on what serves last in the order of promotion, link by link back to its
 * data; nothing where nothing serves.
 */
record ChainSection(Optional<LineageChain> chain) {

  static ChainSection read(
      Azure azure, Profile profile, List<ModelStatus.Environment> environments) {
    Optional<String> last =
        environments.stream()
            .filter(e -> e.serving().filter(s -> !s.deployment().isEmpty()).isPresent())
            .map(ModelStatus.Environment::name)
            .reduce((before, after) -> after);
    return new ChainSection(
        last.flatMap(profile::target)
            .map(target -> target.environment())
            .map(place -> new LineageTrace(azure, profile).of(place, Optional.empty())));
  }

  String html() {
    return chain.map(ChainSection::html).orElse("");
  }

  private static String html(LineageChain chain) {
    return "<h2>From what serves in %s back to its data</h2><ol class=\"chain\">%s</ol>"
        .formatted(
            escape(chain.environment()),
            chain.links().stream().map(ChainSection::item).collect(Collectors.joining()));
  }

  private static String item(LineageLink link) {
    String said = link.isBroken() ? "broken: " + link.said() : link.said();
    return "<li class=\"%s\"><span>%s</span><b>%s</b><em>%s</em></li>"
        .formatted(
            link.state().name().toLowerCase(Locale.ROOT),
            escape(link.kind()),
            escape(link.name()),
            escape(said));
  }
}
