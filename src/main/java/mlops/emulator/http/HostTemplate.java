package mlops.emulator.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host name in which {@code {name}} stands for one label: {@code
 * {account}.blob.core.windows.net}.
 */
record HostTemplate(String text, List<String> labels) {

  static HostTemplate of(String host) {
    return new HostTemplate(host, List.of(host.split("\\.")));
  }

  /** The values of the named labels if the host is of this form. */
  Optional<Map<String, String>> match(String host) {
    return match(host.split("\\.", -1));
  }

  Optional<Map<String, String>> match(String[] actual) {
    if (!fits(actual)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < actual.length; i++) {
      if (isName(labels.get(i))) {
        values.put(labels.get(i).substring(1, labels.get(i).length() - 1), actual[i]);
      }
    }
    return Optional.of(values);
  }

  private boolean fits(String[] actual) {
    if (actual.length != labels.size()) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      if (!isName(labels.get(i)) && !labels.get(i).equals(actual[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(String label) {
    return label.startsWith("{");
  }

  @Override
  public String toString() {
    return text;
  }
}
