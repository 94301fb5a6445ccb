package mlops.emulator.blob.store;

import org.jspecify.annotations.Nullable;

/**
 * The standard headers of a blob, kept as they were set.
 *
 * @param md5 the MD5 of the content in base64, as computed or as the client says
 */
public record ContentHeaders(
    String type,
    @Nullable String encoding,
    @Nullable String language,
    @Nullable String disposition,
    @Nullable String cacheControl,
    @Nullable String md5) {
  public static final String OCTETS = "application/octet-stream";

  public static ContentHeaders ofType(@Nullable String type) {
    return new ContentHeaders(type == null ? OCTETS : type, null, null, null, null, null);
  }

  public ContentHeaders withMd5(@Nullable String newMd5) {
    return new ContentHeaders(type, encoding, language, disposition, cacheControl, newMd5);
  }
}
