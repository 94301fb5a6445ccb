package mlops.emulator.blob.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.store.StorageErrors;
import org.jspecify.annotations.Nullable;

/** A part of a blob: {@code length} bytes from {@code start} on. */
public record ByteRange(long start, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

  /**
   * The part of a blob that the request asks for; empty where it asks for all.
   *
   * @throws ApiException 416 InvalidRange where it starts behind the end
   */
  public static Optional<ByteRange> of(StorageRequest request, long size) {
    String header = header(request, "x-ms-range");
    String text = header == null ? header(request, "Range") : header;
    return text == null ? Optional.empty() : Optional.of(parse(text, size));
  }

  /** What of these parts, one after the other, is in the range. */
  public List<ContentFiles.Part> of(List<ContentFiles.Part> parts) {
    List<ContentFiles.Part> inside = new ArrayList<>();
    long at = 0;
    for (ContentFiles.Part part : parts) {
      long from = Math.max(start, at);
      long to = Math.min(start + length, at + part.size());
      if (from < to) {
        inside.add(new ContentFiles.Part(part.file(), part.position() + from - at, to - from));
      }
      at += part.size();
    }
    return inside;
  }

  private static @Nullable String header(StorageRequest request, String name) {
    String value = request.header(name);
    return value == null || value.isEmpty() ? null : value;
  }

  public static ByteRange parse(String text, long size) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw StorageErrors.invalidHeader("Range", text);
    }
    long start = Long.parseLong(form.group(1));
    long last = form.group(2).isEmpty() ? size - 1 : Long.parseLong(form.group(2));
    if (start >= size || last < start) {
      throw StorageErrors.invalidRange().with("Content-Range", "bytes */" + size);
    }
    return new ByteRange(start, Math.min(last, size - 1) - start + 1);
  }
}
