package mlops.emulator.blob.request;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.http.Request;

/** What a request asks for beside its own right, because it touches tags along the way. */
final class TagRights {

  static List<StorageRight> of(Request request) {
    List<StorageRight> rights = new ArrayList<>();
    if (request.header("x-ms-if-tags") != null || listsTags(request)) {
      rights.add(StorageRight.READ_TAGS);
    }
    if (request.method().equals("PUT") && request.header("x-ms-tags") != null) {
      rights.add(StorageRight.WRITE_TAGS);
    }
    return rights;
  }

  private static boolean listsTags(Request request) {
    return Arrays.asList(request.queryValue("include").orElse("").split(",")).contains("tags");
  }

  private TagRights() {}
}
