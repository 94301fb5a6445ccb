package mlops.portal.shown;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The sections, in the order in which a learner meets them. */
public enum Section {
  GUIDE("Guide"),
  RESOURCES("Resources"),
  ACCESS("Access"),
  JOBS("Jobs"),
  MODELS("Models"),
  STORAGE("Storage"),
  PREDICTIONS("Predictions");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** Its name in addresses. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The section with this name in addresses. */
  public static Optional<Section> of(String id) {
    return Stream.of(values()).filter(section -> section.id().equals(id)).findFirst();
  }
}
