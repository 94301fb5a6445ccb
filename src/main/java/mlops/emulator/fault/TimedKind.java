package mlops.emulator.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Request;

/** Resource types whose creation, and mostly deletion, is a long-running operation on Azure. */
public enum TimedKind {
  STORAGE_ACCOUNTS("storageAccounts", "Microsoft.Storage/storageAccounts", Form.LOCATION, false),
  VAULTS("vaults", "Microsoft.KeyVault/vaults", Form.STATE, false),
  WORKSPACES("workspaces", ml("workspaces"), Form.LOCATION, true),
  COMPUTES("computes", ml("workspaces/[^/]+/computes"), Form.STATUS, true),
  BATCH_ENDPOINTS("batchEndpoints", ml("workspaces/[^/]+/batchEndpoints"), Form.STATUS, true),
  BATCH_DEPLOYMENTS(
      "batchDeployments",
      ml("workspaces/[^/]+/batchEndpoints/[^/]+/deployments"),
      Form.STATUS,
      true);

  /** How its creation is followed, as Microsoft's OpenAPI documents have it. */
  enum Form {
    /** 202 and an address that answers 202 until it has ended. */
    LOCATION,
    /** 201 with the resource, and the address of the operation's status. */
    STATUS,
    /** 200 with the resource, whose state tells. */
    STATE
  }

  private final String word;
  private final Pattern path;
  private final Form form;
  private final boolean deletes;

  TimedKind(String word, String type, Form form, boolean deletes) {
    this.word = word;
    this.path =
        Pattern.compile(
            "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/" + type + "/[^/]+",
            Pattern.CASE_INSENSITIVE);
    this.form = form;
    this.deletes = deletes;
  }

  private static String ml(String type) {
    return "Microsoft.MachineLearningServices/" + type;
  }

  /** The words of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(k -> k.word).toList();
  }

  /** The one with a word such as {@code workspaces}. */
  public static Optional<TimedKind> of(String word) {
    return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst();
  }

  /** That of the resource that a request is about. */
  static Optional<TimedKind> of(Request request) {
    String path = request.armPath();
    return Arrays.stream(values())
        .filter(
            k -> {
              Matcher matcher = k.path.matcher(path);
              return matcher.matches();
            })
        .findFirst();
  }

  Form form() {
    return form;
  }

  /** Whether a deletion is an operation, too; else it is done at once. */
  boolean deletes() {
    return deletes;
  }

  /** What a resource says of itself until it is made. */
  String making() {
    return this == VAULTS ? "RegisteringDns" : "Creating";
  }

  @Override
  public String toString() {
    return word.toLowerCase(Locale.ROOT);
  }
}
