package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRange;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mlops.azure.Lookup;
import mlops.html.Html;
import mlops.portal.shown.Figures;
import mlops.portal.shown.ShownAzure;
import mlops.portal.shown.Tags;

/** The beginning of a file in a container, where it is a text. */
record FilePreview(ShownAzure shown) {
  private static final long MOST = 64 << 10;
  private static final int LINES = 100;

  /** The file, or why it is not shown. */
  Html html(String account, String container, String path) {
    try {
      BlobClient blob = new ReadContainers(shown).open(account, container).getBlobClient(path);
      long size = blob.getProperties().getBlobSize();
      ByteArrayOutputStream start = new ByteArrayOutputStream();
      if (size > 0) {
        BlobRange range = new BlobRange(0, Math.min(size, MOST));
        blob.downloadStreamWithResponse(start, range, null, null, false, null, null);
      }
      return Html.all(
          Tags.facts(
              "container", container, "storage account", account, "size", Figures.bytes(size)),
          text(path, start.toByteArray(), size));
    } catch (HttpResponseException e) {
      if (Lookup.status(e) == 404) {
        return Html.none("There is no such file, or no longer.");
      }
      throw e;
    }
  }

  private static Html text(String path, byte[] start, long size) {
    Optional<String> text = decoded(start, start.length < size);
    if (text.isEmpty()) {
      return Html.none("It is no text, so it is not shown.");
    }
    List<String> lines = text.get().lines().limit(LINES + 1L).toList();
    boolean whole = lines.size() <= LINES && start.length == size;
    List<String> shownLines = lines.subList(0, Math.min(LINES, lines.size()));
    return Html.all(
        el(
            "pre",
            at("tabindex", "0"),
            at("role", "group"),
            at("aria-label", "Content of " + path),
            String.join("\n", shownLines)),
        whole
            ? Html.NOTHING
            : Html.none("These are the first %d lines.".formatted(shownLines.size())));
  }

  /** A text in UTF-8; where it is cut, the last letter may be half there. */
  private static Optional<String> decoded(byte[] bytes, boolean cut) {
    int most = cut ? Math.min(3, bytes.length) : 0;
    return IntStream.rangeClosed(0, most)
        .mapToObj(less -> decoded(ByteBuffer.wrap(bytes, 0, bytes.length - less)))
        .flatMap(Optional::stream)
        .findFirst()
        .filter(text -> text.indexOf('\0') < 0);
  }

  private static Optional<String> decoded(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
