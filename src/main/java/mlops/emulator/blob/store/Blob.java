package mlops.emulator.blob.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.http.HttpDates;
import org.jspecify.annotations.Nullable;

/**
 * One blob, or one directory of an account with a hierarchical namespace, at one moment.
 *
 * @param name in its container, case-sensitive, such as {@code taxibatch/taxi-batch.csv}
 * @param changed the last change: its time and the ETag that stands for it
 * @param bytes where the content is
 * @param properties what is known of the blob apart from its content
 * @param lease of this blob; what it stands for depends on the time
 */
public record Blob(
    String name,
    Kind kind,
    Instant createdOn,
    ChangeStamp changed,
    BlobBytes bytes,
    BlobProperties properties,
    Lease lease) {

  /** What a name stands for. */
  public enum Kind {
    BLOCK("BlockBlob"),
    APPEND("AppendBlob"),
    DIRECTORY("BlockBlob");

    /** The {@code x-ms-blob-type} of the REST API. */
    public final String type;

    Kind(String type) {
      this.type = type;
    }
  }

  /** The attribute that says when a file goes by itself. */
  public static final String EXPIRY = "x-ms-expiry-time";

  /** When it goes by itself, where it does. */
  public Optional<Instant> expiry() {
    return Optional.ofNullable(attributes().get(EXPIRY)).flatMap(HttpDates::read);
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /** In bytes. */
  public long size() {
    return bytes.size();
  }

  /** Without quotes. Which changes make a new one is decided by {@link ContainerEdit#stamp}. */
  public String etag() {
    return changed.etag();
  }

  public Instant lastModified() {
    return changed.time();
  }

  /**
   * The file that holds the bytes: the first {@link #size} bytes of it never change, so it may be
   * read, copied or hard-linked, never written. Of a directory it does not exist.
   *
   * @throws java.io.UncheckedIOException where something else changed it
   */
  public Path content() {
    bytes.requireWhole(name);
    return bytes.file();
  }

  /** Whether the bytes are still in the files of the blocks; {@code content} is then no file. */
  public boolean isInPieces() {
    return bytes.isInPieces();
  }

  /** Where the bytes are, in their order; fails as {@link #content} does. */
  public List<ContentFiles.Part> parts() {
    bytes.requireWhole(name);
    return bytes.parts();
  }

  /** The committed blocks of a block blob that was put together from blocks. */
  public List<BlobBytes.Block> blocks() {
    return bytes.blocks();
  }

  /** The same bytes in a new file. */
  public BlobBytes copied(ContentFiles contents) {
    return bytes.joined(contents.join(parts()));
  }

  /** The same bytes by a second name of their file, which is made where they are in pieces. */
  public BlobBytes shared(ContentFiles contents) {
    return isInPieces() ? copied(contents) : bytes.linked(contents.link(content()));
  }

  public ContentHeaders headers() {
    return properties.headers();
  }

  public String contentType() {
    return headers().type();
  }

  /** The MD5 of the content in base64, where it is known. */
  public @Nullable String contentMd5() {
    return headers().md5();
  }

  public Map<String, String> metadata() {
    return properties.metadata();
  }

  public Map<String, String> attributes() {
    return properties.attributes();
  }

  /** What users search for, by key. */
  public Map<String, String> tags() {
    return properties.tags();
  }

  public Blob named(String newName) {
    return new Blob(newName, kind, createdOn, changed, bytes, properties, lease);
  }

  /** As it is after a write. */
  public Blob stamped(ChangeStamp stamp) {
    return new Blob(
        name, kind, createdOn, stamp, bytes, properties, lease.afterWrite(stamp.time()));
  }

  public Blob with(BlobBytes newBytes) {
    return new Blob(name, kind, createdOn, changed, newBytes, properties, lease);
  }

  public Blob with(BlobProperties newProperties) {
    return new Blob(name, kind, createdOn, changed, bytes, newProperties, lease);
  }

  public Blob with(ContentHeaders headers) {
    return with(new BlobProperties(headers, metadata(), attributes(), tags()));
  }

  public Blob withMetadata(Map<String, String> metadata) {
    return with(new BlobProperties(headers(), metadata, attributes(), tags()));
  }

  public Blob withAttributes(Map<String, String> attributes) {
    return with(new BlobProperties(headers(), metadata(), attributes, tags()));
  }

  public Blob withTags(Map<String, String> tags) {
    return with(new BlobProperties(headers(), metadata(), attributes(), tags));
  }

  public Blob with(Lease newLease) {
    return new Blob(name, kind, createdOn, changed, bytes, properties, newLease);
  }
}
