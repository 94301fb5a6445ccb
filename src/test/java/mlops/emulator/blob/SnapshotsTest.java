package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlobClientBase;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of blobs: kept as they were, read, listed, promoted and deleted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class SnapshotsTest {
  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient container;
  private BlobClient blob;

  @BeforeEach
  void make_a_blob() {
    storage = StorageRig.in(folder);
    container = storage.container("flat", "things");
    blob = container.getBlobClient("a");
    upload("one");
  }

  private void upload(String text) {
    blob.upload(BinaryData.fromString(text), true);
  }

  private static String text(BlobClientBase blob) {
    return blob.downloadContent().toString();
  }

  @Test
  void a_snapshot_is_read_as_the_blob_was_after_the_state_is_opened_again_too() {
    blob.setMetadata(Map.of("a", "b"));
    BlobClientBase first = blob.createSnapshot();
    BlobClientBase second =
        blob.createSnapshotWithResponse(Map.of("own", "1"), null, null, Context.NONE).getValue();
    upload("two");
    assertEquals("one", text(first));
    assertEquals(Map.of("a", "b"), first.getProperties().getMetadata());
    assertEquals(Map.of("own", "1"), second.getProperties().getMetadata());
    assertEquals("two", text(blob));
    BlobClient reopened = StorageRig.in(folder).container("flat", "things").getBlobClient("a");
    assertEquals("one", text(reopened.getSnapshotClient(first.getSnapshotId())));
    StorageRig.refused(
        404, "BlobNotFound", () -> text(blob.getSnapshotClient("2020-01-01T00:00:00.0000000Z")));
  }

  @Test
  void a_blob_with_snapshots_is_deleted_only_as_its_owner_says() {
    BlobClientBase first = blob.createSnapshot();
    blob.createSnapshot();
    StorageRig.refused(409, "SnapshotsPresent", blob::delete);
    first.delete();
    assertFalse(first.exists());
    blob.deleteWithResponse(DeleteSnapshotsOptionType.ONLY, null, null, Context.NONE);
    assertTrue(blob.exists());
    blob.createSnapshot();
    blob.deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
    upload("new");
    assertEquals(1, listed(5).size());
  }

  @Test
  void lists_have_snapshots_before_their_blobs_over_pages() {
    String first = blob.createSnapshot().getSnapshotId();
    String second = blob.createSnapshot().getSnapshotId();
    container.getBlobClient("b").upload(BinaryData.fromString("b"));
    List<String> names = List.of("a" + first, "a" + second, "anull", "bnull");
    assertEquals(names, listed(5));
    assertEquals(names, listed(1));
    assertEquals(2, container.listBlobs().stream().count());
  }

  private List<String> listed(int page) {
    ListBlobsOptions all =
        new ListBlobsOptions()
            .setMaxResultsPerPage(page)
            .setDetails(new BlobListDetails().setRetrieveSnapshots(true));
    List<String> names = new ArrayList<>();
    for (PagedResponse<BlobItem> items : container.listBlobs(all, null).iterableByPage()) {
      assertTrue(items.getValue().size() <= page);
      items.getValue().forEach(item -> names.add(item.getName() + item.getSnapshot()));
    }
    return names;
  }

  @Test
  void a_snapshot_is_promoted_by_a_copy_and_signed_by_itself() {
    BlobClientBase snapshot = blob.createSnapshot();
    upload("two");
    BlobServiceSasSignatureValues read =
        new BlobServiceSasSignatureValues(
            OffsetDateTime.now(ZoneOffset.UTC).plusHours(1),
            new BlobSasPermission().setReadPermission(true));
    String sas = snapshot.generateSas(read);
    BlobClient signed =
        storage
            .client("flat")
            .sasToken(sas)
            .buildClient()
            .getBlobContainerClient("things")
            .getBlobClient("a");
    assertEquals("one", text(signed.getSnapshotClient(snapshot.getSnapshotId())));
    StorageRig.refused(403, "AuthenticationFailed", () -> text(signed));
    blob.copyFromUrl(
        blob.getBlobUrl()
            + "?snapshot="
            + snapshot.getSnapshotId()
            + "&"
            + sas.replaceAll("snapshot=[^&]*&", ""));
    assertEquals("one", text(blob));
  }

  @Test
  void what_grows_later_and_what_lies_in_blocks_is_kept_too() {
    var log = container.getBlobClient("log").getAppendBlobClient();
    log.create();
    log.appendBlock(new ByteArrayInputStream("one".getBytes(UTF_8)), 3);
    BlobClientBase snapshot = log.createSnapshot();
    log.appendBlock(new ByteArrayInputStream("two".getBytes(UTF_8)), 3);
    assertEquals("one", text(snapshot));
    var blocks = container.getBlobClient("blocks").getBlockBlobClient();
    blocks.stageBlock("QQ==", BinaryData.fromString("A"));
    blocks.stageBlock("Qg==", BinaryData.fromString("B"));
    blocks.commitBlockList(List.of("QQ==", "Qg=="));
    assertEquals("AB", text(blocks.createSnapshot()));
  }
}
