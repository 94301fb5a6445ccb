package mlops.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;

/**
 * Finds references to the environments that Microsoft keeps for everybody, in a draft and in what
 * is to be created with it.
 */
final class CuratedReferences {
  private static final Pattern OF_MICROSOFT =
      Pattern.compile(
          "azureml://registries/[^/]+/environments/.+|azureml:AzureML-.+",
          Pattern.CASE_INSENSITIVE);

  static Set<String> in(ResourceDraft draft) {
    Set<String> found = new TreeSet<>();
    collect(draft.body(), found);
    return found;
  }

  private static void collect(JsonNode node, Set<String> found) {
    if (node.isTextual() && OF_MICROSOFT.matcher(node.asText()).matches()) {
      found.add(node.asText());
    } else if (node instanceof POJONode pojo
        && pojo.getPojo() instanceof UnresolvedReference reference) {
      collect(reference, found);
    }
    node.forEach(child -> collect(child, found));
  }

  private static void collect(UnresolvedReference reference, Set<String> found) {
    if (reference instanceof UnresolvedReference.Prefixed prefixed) {
      collect(prefixed.reference(), found);
    } else if (reference instanceof UnresolvedReference.Made made) {
      collect(made.draft().body(), found);
    }
  }

  private CuratedReferences() {}
}
