package mlops.emulator.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.LeaseDurationType;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.models.LeaseStatusType;
import com.azure.storage.blob.options.BlobBreakLeaseOptions;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.file.datalake.DataLakeFileClient;
import com.azure.storage.file.datalake.models.DataLakeRequestConditions;
import com.azure.storage.file.datalake.models.DataLakeStorageException;
import com.azure.storage.file.datalake.specialized.DataLakeLeaseClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases of blobs, containers and files by the SDK's own clients. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LeasesTest {
  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient container;
  private BlobClient blob;

  @BeforeEach
  void make_a_blob() {
    storage = StorageRig.in(folder);
    container = storage.container("flat", "things");
    blob = container.getBlobClient("a");
    blob.upload(BinaryData.fromString("text"));
  }

  private static BlobLeaseClient lease(BlobClient blob) {
    return new BlobLeaseClientBuilder().blobClient(blob).buildClient();
  }

  private static BlobRequestConditions holding(String id) {
    return new BlobRequestConditions().setLeaseId(id);
  }

  @Test
  void whoever_holds_the_lease_of_a_blob_alone_writes_it() {
    String etag = blob.getProperties().getETag();
    String id = lease(blob).acquireLease(-1);
    BlobProperties properties = blob.getProperties();
    assertEquals(LeaseStateType.LEASED, properties.getLeaseState());
    assertEquals(LeaseStatusType.LOCKED, properties.getLeaseStatus());
    assertEquals(LeaseDurationType.INFINITE, properties.getLeaseDuration());
    assertEquals(etag, properties.getETag(), "a lease changes no blob");
    StorageRig.refused(
        412, "LeaseIdMissing", () -> blob.upload(BinaryData.fromString("other"), true));
    StorageRig.refused(412, "LeaseIdMissing", () -> blob.setMetadata(Map.of("a", "b")));
    StorageRig.refused(412, "LeaseIdMissing", blob::delete);
    StorageRig.refused(
        412,
        "LeaseIdMissing",
        () -> blob.getBlockBlobClient().stageBlock("QQ==", BinaryData.fromString("x")));
    StorageRig.refused(409, "LeaseAlreadyPresent", () -> lease(blob).acquireLease(15));
    String other = "11111111-1111-1111-1111-111111111111";
    StorageRig.refused(
        412,
        "LeaseIdMismatchWithBlobOperation",
        () -> blob.getPropertiesWithResponse(holding(other), null, Context.NONE));
    blob.setMetadataWithResponse(Map.of("a", "b"), holding(id), null, Context.NONE);
    assertEquals(LeaseStateType.LEASED, blob.getProperties().getLeaseState());
    blob.deleteWithResponse(null, holding(id), null, Context.NONE);
  }

  @Test
  void a_lease_is_renewed_changed_and_given_back() {
    BlobLeaseClient lease = lease(blob);
    lease.acquireLease(15);
    lease.renewLease();
    String changed = lease.changeLease("22222222-2222-2222-2222-222222222222");
    assertEquals("22222222-2222-2222-2222-222222222222", changed);
    assertEquals(LeaseDurationType.FIXED, blob.getProperties().getLeaseDuration());
    lease.releaseLease();
    assertEquals(LeaseStateType.AVAILABLE, blob.getProperties().getLeaseState());
    StorageRig.refused(409, "LeaseIdMismatchWithLeaseOperation", lease::renewLease);
    StorageRig.refused(400, "InvalidHeaderValue", () -> lease(blob).acquireLease(61));
    StorageRig.refused(
        412,
        "LeaseNotPresentWithBlobOperation",
        () -> blob.deleteWithResponse(null, holding(changed), null, Context.NONE));
  }

  @Test
  void a_broken_lease_is_told_in_lists_and_gone_after_a_write() {
    lease(blob).acquireLease(-1);
    assertEquals(0, lease(blob).breakLease());
    var listed = container.listBlobs().iterator().next().getProperties();
    assertEquals(LeaseStateType.BROKEN, listed.getLeaseState());
    assertEquals(LeaseStatusType.UNLOCKED, listed.getLeaseStatus());
    blob.upload(BinaryData.fromString("again"), true);
    assertEquals(LeaseStateType.AVAILABLE, blob.getProperties().getLeaseState());
    lease(blob).acquireLease(-1);
    BlobBreakLeaseOptions slowly =
        new BlobBreakLeaseOptions().setBreakPeriod(Duration.ofSeconds(60));
    int left = lease(blob).breakLeaseWithResponse(slowly, null, Context.NONE).getValue();
    assertTrue(left > 50 && left <= 60, "" + left);
    StorageRig.refused(412, "LeaseIdMissing", blob::delete);
  }

  @Test
  void a_leased_container_is_deleted_by_its_holder_alone() {
    BlobLeaseClient lease = new BlobLeaseClientBuilder().containerClient(container).buildClient();
    String etag = container.getProperties().getETag();
    String id = lease.acquireLease(-1);
    BlobContainerProperties properties = container.getProperties();
    assertEquals(LeaseStateType.LEASED, properties.getLeaseState());
    assertEquals(etag, properties.getETag());
    container.setMetadata(Map.of("a", "b"));
    blob.upload(BinaryData.fromString("again"), true);
    StorageRig.refused(412, "LeaseIdMissing", container::delete);
    assertEquals(
        LeaseStateType.LEASED,
        storage
            .withKey("flat")
            .listBlobContainers()
            .iterator()
            .next()
            .getProperties()
            .getLeaseState());
    container.deleteWithResponse(holding(id), null, Context.NONE);
  }

  @Test
  void a_file_is_leased_by_the_dfs_endpoint_and_guarded_there() {
    DataLakeFileClient file =
        storage.dataLakeWithKey().createFileSystem("lake").createFile("folder/f");
    String id = new DataLakeLeaseClientBuilder().fileClient(file).buildClient().acquireLease(15);
    DataLakeStorageException refused =
        Assertions.assertThrows(DataLakeStorageException.class, file::delete);
    assertEquals("LeaseIdMissing", refused.getErrorCode());
    file.deleteWithResponse(new DataLakeRequestConditions().setLeaseId(id), null, Context.NONE);
  }
}
