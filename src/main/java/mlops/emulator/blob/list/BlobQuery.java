package mlops.emulator.blob.list;

import java.util.Set;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.StorageErrors;

/**
 * What List Blobs is asked for.
 *
 * @param start the first name that may be in the page
 * @param startKey the first of the entries of that name: the time of a snapshot, or {@code
 *     BlobPage#BASE}
 * @param include what is asked for beside the usual
 * @param only {@code files}, {@code directories} or {@code deleted}, or empty
 */
record BlobQuery(
    String prefix,
    String delimiter,
    String start,
    String startKey,
    int limit,
    Set<String> include,
    String only) {
  private static final int LARGEST_PAGE = 5000;

  /** There are no versions and policies here, and nothing deleted is kept. */
  private static final Set<String> INCLUDES =
      Set.of(
          "copy",
          "deleted",
          "deletedwithversions",
          "immutabilitypolicy",
          "legalhold",
          "metadata",
          "permissions",
          "snapshots",
          "tags",
          "uncommittedblobs",
          "versions");

  private static final Set<String> ONLY = Set.of("deleted", "directories", "files");

  static BlobQuery of(StorageRequest request) {
    String[] place = ListMarker.read(request).split("\0", 2);
    String from = request.query("startfrom").orElse("");
    boolean later = from.compareTo(place[0]) > 0;
    Set<String> include = request.words("include", INCLUDES);
    Set<String> only = request.words("showonly", ONLY);
    if (only.size() > 1 || (!only.isEmpty() && !request.account().hierarchical())) {
      throw StorageErrors.invalidQuery("showonly", request.query("showonly").orElse(""));
    }
    if (include.contains("permissions") && !request.account().hierarchical()) {
      throw StorageErrors.invalidQuery("include", request.query("include").orElse(""));
    }
    return new BlobQuery(
        request.query("prefix").orElse(""),
        request.query("delimiter").orElse(""),
        later ? from : place[0],
        later || place.length == 1 ? "" : place[1],
        request.count("maxresults", LARGEST_PAGE),
        include,
        String.join("", only));
  }

  /** The first name to look at. */
  String first() {
    return start.compareTo(prefix) > 0 ? start : prefix;
  }

  /** The name of the folder that stands for a name, or nothing. */
  String folder(String name) {
    if (delimiter.isEmpty()) {
      return "";
    }
    int at = name.indexOf(delimiter, prefix.length());
    return at < 0 ? "" : name.substring(0, at + delimiter.length());
  }
}
