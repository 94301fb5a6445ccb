package mlops.azure.ml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a datastore: {@code azureml://datastores/NAME/paths/PATH}, or the long form that
 * starts with {@code azureml://subscriptions/…/workspaces/…}.
 */
public record DatastoreUri(String datastore, String path) {
  private static final Pattern FORM =
      Pattern.compile("azureml://(?:.*/)?datastores/([^/]+)/paths/(.*)");

  /** Empty where the text is of another form. */
  public static Optional<DatastoreUri> parse(String uri) {
    Matcher form = FORM.matcher(uri);
    return form.matches()
        ? Optional.of(new DatastoreUri(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /** The place below this one. */
  public DatastoreUri resolve(String name) {
    String start = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    return new DatastoreUri(datastore, start + name);
  }

  @Override
  public String toString() {
    return "azureml://datastores/" + datastore + "/paths/" + path;
  }
}
