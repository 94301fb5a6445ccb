package mlops.azure;

import com.azure.core.http.HttpRequest;
import java.io.IOException;

/** A host that gave no answer, or broke off each: its name, what it was asked, and how often. */
public final class NoAnswerException extends IOException {
  NoAnswerException(HttpRequest request, int tries, IOException why) {
    super(
        "%s does not answer %s %s%s: %s"
            .formatted(
                request.getUrl().getHost(),
                request.getHttpMethod(),
                request.getUrl().getPath(),
                tries > 1 ? ", in " + tries + " tries" : "",
                why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage()),
        why);
  }
}
