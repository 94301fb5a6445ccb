package mlops.emulator.blob.list;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.tag.BlobTags;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.XmlDocument;
import org.jspecify.annotations.Nullable;

/**
 * Blobs in the XML of a list.
 *
 * @param include what was asked for beside the usual
 * @param now the moment of the list, on which the states of leases depend
 */
public record BlobListXml(XmlDocument xml, Set<String> include, boolean hierarchical, Instant now) {

  /**
   * One of them.
   *
   * @param snapshot its time, where it is one
   */
  void describe(Blob blob, String snapshot) {
    xml.open("Blob").putName("Name", blob.name());
    if (!snapshot.isEmpty()) {
      xml.put("Snapshot", snapshot);
    }
    properties(blob);
    if (include.contains("metadata")) {
      metadata(blob);
    }
    if (include.contains("tags") && !blob.tags().isEmpty()) {
      xml.open("Tags");
      BlobTags.write(xml, blob.tags());
      xml.close();
    }
    xml.close();
  }

  private void properties(Blob blob) {
    xml.open("Properties");
    if (!blob.etag().isEmpty()) {
      xml.put("Creation-Time", HttpDates.write(blob.createdOn()));
      xml.put("Last-Modified", HttpDates.write(blob.lastModified()));
      xml.put("Etag", blob.etag());
    }
    putIfThere("Expiry-Time", blob.attributes().get(Blob.EXPIRY));
    if (hierarchical) {
      xml.put("ResourceType", blob.isDirectory() ? "directory" : "file");
    }
    xml.put("Content-Length", Long.toString(blob.size()));
    standard(blob.headers());
    xml.put("BlobType", blob.kind().type);
    tier(blob);
    lease(xml, blob.lease(), now);
    xml.put("ServerEncrypted", "true");
    if (include.contains("copy")) {
      copy(blob.attributes());
    }
    if (!blob.tags().isEmpty()) {
      xml.put("TagCount", Integer.toString(blob.tags().size()));
    }
    if (include.contains("permissions")) {
      permissions(blob);
    }
    xml.close();
  }

  /** What everybody may know of a lease, of a blob or a container. */
  public static void lease(XmlDocument xml, Lease lease, Instant now) {
    xml.put("LeaseStatus", lease.status(now)).put("LeaseState", lease.state(now).text());
    lease.duration(now).ifPresent(duration -> xml.put("LeaseDuration", duration));
  }

  private void permissions(Blob blob) {
    new TreeMap<>(PosixPermissions.listed(blob)).forEach(xml::put);
  }

  private void metadata(Blob blob) {
    if (blob.metadata().isEmpty() && !blob.isDirectory()) {
      return;
    }
    xml.open("Metadata");
    blob.metadata().forEach(xml::put);
    if (blob.isDirectory()) {
      xml.put("hdi_isfolder", "true");
    }
    xml.close();
  }

  private void standard(ContentHeaders headers) {
    xml.put("Content-Type", headers.type());
    xml.put("Content-Encoding", text(headers.encoding()));
    xml.put("Content-Language", text(headers.language()));
    xml.put("Content-CRC64", "");
    xml.put("Content-MD5", text(headers.md5()));
    xml.put("Cache-Control", text(headers.cacheControl()));
    xml.put("Content-Disposition", text(headers.disposition()));
  }

  private void tier(Blob blob) {
    if (blob.kind() == Blob.Kind.BLOCK) {
      String tier = blob.attributes().get("x-ms-access-tier");
      xml.put("AccessTier", tier == null ? "Hot" : tier);
      if (tier == null) {
        xml.put("AccessTierInferred", "true");
      }
    }
  }

  private void copy(Map<String, String> attributes) {
    putIfThere("CopyId", attributes.get("x-ms-copy-id"));
    putIfThere("CopySource", attributes.get("x-ms-copy-source"));
    putIfThere("CopyStatus", attributes.get("x-ms-copy-status"));
    putIfThere("CopyProgress", attributes.get("x-ms-copy-progress"));
    putIfThere("CopyCompletionTime", attributes.get("x-ms-copy-completion-time"));
  }

  private void putIfThere(String element, @Nullable String value) {
    if (value != null) {
      xml.put(element, value);
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
