package mlops.emulator.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.TaggedBlobItem;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.options.FindBlobsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index tags of blobs: set, listed, searched, asked for in conditions, and guarded. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class TagsTest {
  private static final Map<String, String> DONE = Map.of("Status", "Done", "Rank", "01");

  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient container;
  private BlobClient blob;

  @BeforeEach
  void make_blobs() {
    storage = StorageRig.in(folder);
    container = storage.container("flat", "things");
    blob = tagged(container, "a", DONE);
    tagged(container, "b", Map.of("Status", "Open"));
    tagged(storage.container("flat", "others"), "c", DONE);
  }

  private static BlobClient tagged(
      BlobContainerClient container, String name, Map<String, String> tags) {
    BlobClient blob = container.getBlobClient(name);
    blob.uploadWithResponse(
        new BlobParallelUploadOptions(BinaryData.fromString(name)).setTags(tags),
        null,
        Context.NONE);
    return blob;
  }

  @Test
  void tags_come_with_an_upload_and_are_set_alone() {
    assertEquals(DONE, blob.getTags());
    assertEquals(2, blob.getProperties().getTagCount());
    String etag = blob.getProperties().getETag();
    blob.setTags(Map.of("one", "1 +-./:=_"));
    assertEquals(Map.of("one", "1 +-./:=_"), blob.getTags());
    assertEquals(etag, blob.getProperties().getETag());
    blob.upload(BinaryData.fromString("new"), true);
    assertEquals(Map.of(), blob.getTags(), "what is written over has no tags");
    StorageRig.refused(400, "InvalidTag", () -> blob.setTags(Map.of("a", "ü")));
    StorageRig.refused(400, "TagsTooLarge", () -> blob.setTags(Map.of("a", "x".repeat(257))));
  }

  @Test
  void blobs_are_found_in_a_container_and_in_the_account() {
    BlobServiceClient service = storage.withKey("flat");
    assertEquals(List.of("others/c", "things/a"), found(service, "Status = 'Done'", 10));
    assertEquals(List.of("others/c", "things/a"), found(service, "Status = 'Done'", 1));
    String here = "@container = 'things' AND \"Rank\" >= '00'";
    assertEquals(List.of("things/a"), found(service, here, 10));
    TaggedBlobItem item = container.findBlobsByTags("Rank < '02'").iterator().next();
    assertEquals("a" + Map.of("Rank", "01"), item.getName() + item.getTags());
    StorageRig.refused(
        400, "InvalidQueryParameterValue", () -> found(service, "Status <> 'Done'", 1));
  }

  private static List<String> found(BlobServiceClient service, String where, int page) {
    return service
        .findBlobsByTags(new FindBlobsOptions(where).setMaxResultsPerPage(page), null, Context.NONE)
        .stream()
        .map(item -> item.getContainerName() + "/" + item.getName())
        .toList();
  }

  @Test
  void lists_have_them_where_they_are_asked_for() {
    ListBlobsOptions withTags =
        new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveTags(true));
    assertEquals(DONE, container.listBlobs(withTags, null).iterator().next().getTags());
  }

  @Test
  void conditions_ask_for_them() {
    BlobRequestConditions open = new BlobRequestConditions().setTagsConditions("Status = 'Open'");
    BlobRequestConditions done = new BlobRequestConditions().setTagsConditions("Status <> 'Open'");
    StorageRig.refused(
        412,
        "ConditionNotMet",
        () -> blob.setMetadataWithResponse(Map.of(), open, null, Context.NONE));
    blob.setMetadataWithResponse(Map.of(), done, null, Context.NONE);
    assertThrows(
        BlobStorageException.class, () -> blob.getPropertiesWithResponse(open, null, Context.NONE));
  }

  @Test
  void a_contributor_may_not_touch_tags_and_an_owner_may() {
    storage.grant(StorageRig.CONTRIBUTOR, StorageRig.id("flat"));
    BlobServiceClient service = storage.withToken("flat");
    BlobClient mine = service.getBlobContainerClient("things").getBlobClient("a");
    mine.upload(BinaryData.fromString("plain"), true);
    String code = "AuthorizationPermissionMismatch";
    StorageRig.refused(403, code, mine::getTags);
    StorageRig.refused(403, code, () -> mine.setTags(DONE));
    StorageRig.refused(
        403, code, () -> tagged(service.getBlobContainerClient("things"), "n", DONE));
    StorageRig.refused(403, code, () -> found(service, "Status = 'Done'", 1));
    storage.grant(StorageRig.OWNER, StorageRig.id("flat"));
    mine.setTags(DONE);
    assertEquals(2, found(service, "Status = 'Done'", 5).size());
  }

  @Test
  void a_hierarchical_account_has_none() {
    BlobClient file = storage.container("deep", "lake").getBlobClient("f");
    file.upload(BinaryData.fromString("f"));
    StorageRig.refused(400, "BlobTagsNotSupportedForAccountType", () -> file.setTags(DONE));
  }
}
