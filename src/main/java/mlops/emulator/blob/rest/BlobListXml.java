package mlops.emulator.blob.rest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobProperties;
import mlops.emulator.blob.store.ChangeStamp;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.XmlDocument;
import org.jspecify.annotations.Nullable;

/** One blob in the XML of a list. */
final class BlobListXml {

  static void describe(XmlDocument xml, Blob blob, Set<String> include, boolean hierarchical) {
    xml.open("Blob").putName("Name", blob.name()).open("Properties");
    if (!blob.etag().isEmpty()) {
      xml.put("Creation-Time", HttpDates.write(blob.createdOn()));
      xml.put("Last-Modified", HttpDates.write(blob.lastModified()));
      xml.put("Etag", blob.etag());
    }
    if (hierarchical) {
      xml.put("ResourceType", blob.isDirectory() ? "directory" : "file");
    }
    xml.put("Content-Length", Long.toString(blob.size()));
    standard(xml, blob.headers());
    xml.put("BlobType", blob.kind().type);
    tier(xml, blob);
    xml.put("LeaseStatus", "unlocked").put("LeaseState", "available");
    xml.put("ServerEncrypted", "true");
    if (include.contains("copy")) {
      copy(xml, blob.attributes());
    }
    xml.close();
    if (include.contains("metadata") && (!blob.metadata().isEmpty() || blob.isDirectory())) {
      xml.open("Metadata");
      blob.metadata().forEach(xml::put);
      if (blob.isDirectory()) {
        xml.put("hdi_isfolder", "true");
      }
      xml.close();
    }
    xml.close();
  }

  private static void standard(XmlDocument xml, ContentHeaders headers) {
    xml.put("Content-Type", headers.type());
    xml.put("Content-Encoding", text(headers.encoding()));
    xml.put("Content-Language", text(headers.language()));
    xml.put("Content-CRC64", "");
    xml.put("Content-MD5", text(headers.md5()));
    xml.put("Cache-Control", text(headers.cacheControl()));
    xml.put("Content-Disposition", text(headers.disposition()));
  }

  private static void tier(XmlDocument xml, Blob blob) {
    if (blob.kind() == Blob.Kind.BLOCK) {
      String tier = blob.attributes().get("x-ms-access-tier");
      xml.put("AccessTier", tier == null ? "Hot" : tier);
      if (tier == null) {
        xml.put("AccessTierInferred", "true");
      }
    }
  }

  private static void copy(XmlDocument xml, Map<String, String> attributes) {
    putIfThere(xml, "CopyId", attributes.get("x-ms-copy-id"));
    putIfThere(xml, "CopySource", attributes.get("x-ms-copy-source"));
    putIfThere(xml, "CopyStatus", attributes.get("x-ms-copy-status"));
    putIfThere(xml, "CopyProgress", attributes.get("x-ms-copy-progress"));
    putIfThere(xml, "CopyCompletionTime", attributes.get("x-ms-copy-completion-time"));
  }

  private static void putIfThere(XmlDocument xml, String element, @Nullable String value) {
    if (value != null) {
      xml.put(element, value);
    }
  }

  /** A blob of which there are only blocks that were never committed. */
  static Blob uncommitted(String name) {
    return new Blob(
        name,
        Blob.Kind.BLOCK,
        Instant.EPOCH,
        new ChangeStamp("", Instant.EPOCH),
        BlobBytes.of(Path.of(""), 0),
        BlobProperties.of(ContentHeaders.ofType(""), Map.of()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private BlobListXml() {}
}
