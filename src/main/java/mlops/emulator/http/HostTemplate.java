package mlops.emulator.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host name in which {@code {name}} stands for one label: {@code
 * {account}.blob.core.windows.net}.
 */
record HostTemplate(List<String> labels) {

  static HostTemplate of(String host) {
    return new HostTemplate(List.of(host.split("\\.")));
  }

  /** The values of the named labels if the host is of this form. */
  Optional<Map<String, String>> match(String host) {
    String[] actual = host.split("\\.", -1);
    if (actual.length != labels.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < actual.length; i++) {
      String label = labels.get(i);
      if (label.startsWith("{")) {
        values.put(label.substring(1, label.length() - 1), actual[i]);
      } else if (!label.equals(actual[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  @Override
  public String toString() {
    return String.join(".", labels);
  }
}
