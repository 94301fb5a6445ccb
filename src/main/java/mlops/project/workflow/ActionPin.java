package mlops.project.workflow;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An action by the commit that is run: a tag can be moved to other code, a commit cannot.
 *
 * @param action such as {@code actions/checkout}
 * @param version what the commit is called; Dependabot reads it behind the commit
 */
record ActionPin(String action, String commit, String version) {
  /** Those of the workflow, by their places in its parts. */
  static final Map<String, ActionPin> BY_PLACE =
      Map.of(
          "CHECKOUT",
          new ActionPin("actions/checkout", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
          "JAVA",
          new ActionPin("actions/setup-java", "b6effb05e454b25005698d916606bdc6ffcbf961", "v5.7.0"),
          "UPLOAD",
          new ActionPin(
              "actions/upload-artifact", "043fb46d1a93c77aae656e7c1c64a875d1fc6a0a", "v7.0.1"),
          "DOWNLOAD",
          new ActionPin(
              "actions/download-artifact", "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"));

  /** This action as a file pins it, where it does: somebody may have raised it since. */
  Optional<ActionPin> in(String file) {
    Matcher pin =
        Pattern.compile("uses: %s@([0-9a-f]{40}) # (v[\\w.-]+)".formatted(Pattern.quote(action)))
            .matcher(file);
    return pin.find()
        ? Optional.of(new ActionPin(action, pin.group(1), pin.group(2)))
        : Optional.empty();
  }

  /** What stands behind {@code uses:}. */
  @Override
  public String toString() {
    return "%s@%s # %s".formatted(action, commit, version);
  }
}
