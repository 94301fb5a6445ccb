package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import mlops.html.Html;
import mlops.portal.shown.Figures;
import mlops.portal.shown.Links;
import mlops.portal.shown.Section;
import mlops.portal.shown.ShownAzure;
import mlops.steps.review.ModelStatus;

/** The environments side by side: which model is where, and what serves. */
record PictureSection(ShownAzure shown, Links links) {

  Html html() {
    return Html.list(
        "picture",
        new ModelStatus(shown.azure(), shown.profile()).environments().stream().map(this::card));
  }

  private Html card(ModelStatus.Environment environment) {
    List<Html> lines = new ArrayList<>();
    lines.add(el("b", environment.name()));
    lines.add(
        el("span", environment.workspace() + (environment.exists() ? "" : ", which is not there")));
    environment.models().stream().findFirst().ifPresent(model -> lines.add(model(model)));
    if (environment.exists() && environment.models().isEmpty()) {
      lines.add(el("span", at("class", "none"), "no model yet"));
    }
    environment
        .serving()
        .ifPresent(
            s ->
                lines.add(
                    el(
                        "span",
                        s.deployment().isEmpty()
                            ? "nothing serves"
                            : "%s serves version %s".formatted(s.deployment(), s.modelVersion()))));
    return Html.all(lines);
  }

  private Html model(ModelStatus.Model model) {
    String metric =
        model.lineage().metrics().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
            .findFirst()
            .map(m -> ", %s %s".formatted(m.getKey(), m.getValue()))
            .orElse("");
    return el(
        "span",
        el(
            "a",
            at("href", links.section(Section.MODELS)),
            "model version %s".formatted(model.version())),
        "%s, %s".formatted(metric, Figures.time(model.at())));
  }
}
