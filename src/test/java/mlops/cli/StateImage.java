package mlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;

/** What is in a local Azure, without what is another each time: times, made-up ids, secrets. */
final class StateImage {
  private static final Pattern MADE_UP =
      Pattern.compile(
          "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-zA-Z])[0-9a-f]{8,64}(?![0-9a-zA-Z])");
  private static final Pattern ACCOUNT =
      Pattern.compile("^/\\S+/Microsoft.Storage/storageAccounts/(\\w+) ");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d[:.\\d]*(Z|[+]00:?00)?");
  private static final Pattern VARYING =
      Pattern.compile("(?i).*(time|utc|seconds|duration|etag|secret|keys?\\d?|nodeid)");

  /** A line for each thing, in a fixed order; what is there twice has two. */
  static List<String> of(Path folder) {
    EmbeddedAzure azure = EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults());
    StateTree state = azure.state();
    List<String> lines = new ArrayList<>();
    for (ObjectNode resource : state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)) {
      String id = resource.path("id").asText();
      if (!id.contains("OperationsStatus")) { // asked again, an operation has another
        lines.add(
            id.replace("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION, "")
                + " "
                + plain(resource));
      }
    }
    state.list("/directory/objects").forEach(o -> lines.add("directory " + plain(o)));
    lines.stream()
        .map(ACCOUNT::matcher)
        .filter(Matcher::find)
        .map(account -> account.group(1))
        .distinct()
        .toList()
        .forEach(account -> lines.addAll(blobs(azure, account)));
    return lines.stream()
        .map(line -> TIME.matcher(MADE_UP.matcher(line).replaceAll("{id}")).replaceAll("{time}"))
        .sorted()
        .toList();
  }

  /** Where which blobs lie; how long logs are varies. */
  private static List<String> blobs(EmbeddedAzure azure, String account) {
    return azure.blobs().containers().list(azure.blobs().account(account)).stream()
        .flatMap(
            container ->
                azure.blobs().list(account, container.name(), "").stream()
                    .map(blob -> "%s/%s/%s".formatted(account, container.name(), blob.name())))
        .toList();
  }

  /** With sorted keys and without those that vary. */
  private static String plain(JsonNode node) {
    if (node instanceof ArrayNode list) {
      List<String> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items.toString();
    }
    if (!node.isObject()) {
      return node.toString();
    }
    Map<String, String> sorted = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> i = node.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      if (!VARYING.matcher(field.getKey()).matches()) {
        sorted.put(field.getKey(), plain(field.getValue()));
      }
    }
    return sorted.toString();
  }

  /** What one has more often than the other. */
  static List<String> difference(List<String> expected, List<String> found) {
    List<String> missing = new ArrayList<>(expected);
    found.forEach(missing::remove);
    List<String> more = new ArrayList<>(found);
    expected.forEach(more::remove);
    List<String> lines = new ArrayList<>();
    missing.forEach(line -> lines.add("- " + line));
    more.forEach(line -> lines.add("+ " + line));
    lines.sort((a, b) -> a.substring(2).compareTo(b.substring(2)));
    return lines;
  }

  private StateImage() {}
}
