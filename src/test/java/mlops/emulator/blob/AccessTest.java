package mlops.emulator.blob;

import static mlops.emulator.blob.StorageRig.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobAccessPolicy;
import com.azure.storage.blob.models.BlobSignedIdentifier;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import com.azure.storage.common.sas.SasIpRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import mlops.emulator.blob.auth.SasIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what to blobs: denied unless a role, a key or a signature allows it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccessTest {
  private final OffsetDateTime later = OffsetDateTime.now(ZoneOffset.UTC).plusHours(1);

  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient container;

  @BeforeEach
  void make_a_container_with_a_blob() {
    storage = StorageRig.in(folder);
    container = storage.container("flat", "things");
    container.getBlobClient("a/b").upload(BinaryData.fromString("text"), true);
  }

  private BlobClient withSas(String sas, String container, String blob) {
    return storage
        .client("flat")
        .sasToken(sas)
        .buildClient()
        .getBlobContainerClient(container)
        .getBlobClient(blob);
  }

  private BlobClient withToken(String blob) {
    return storage.withToken("flat").getBlobContainerClient("things").getBlobClient(blob);
  }

  @Test
  void an_owner_of_the_subscription_has_no_data_role() {
    refused(403, "AuthorizationPermissionMismatch", () -> withToken("a/b").downloadContent());
    BlobServiceClient service = storage.withToken("flat");
    assertTrue(service.createBlobContainer("made").exists(), "which is a control action");
    refused(
        403,
        "AuthorizationPermissionMismatch",
        () -> service.getBlobContainerClient("made").listBlobs().stream().count());
  }

  @Test
  void a_reader_reads_and_a_contributor_writes_where_the_role_is() {
    String scope = StorageRig.id("flat") + "/blobServices/default/containers/things";
    storage.grant(StorageRig.READER, scope);
    assertEquals("text", withToken("a/b").downloadContent().toString());
    refused(
        403,
        "AuthorizationPermissionMismatch",
        () -> withToken("new").upload(BinaryData.fromString("x")));
    refused(403, "AuthorizationPermissionMismatch", () -> withToken("a/b").delete());
    storage.grant(StorageRig.CONTRIBUTOR, scope);
    withToken("new").upload(BinaryData.fromString("x"));
    withToken("a/b").delete();
    storage.container("flat", "others").getBlobClient("x").upload(BinaryData.fromString("x"));
    refused(
        403,
        "AuthorizationPermissionMismatch",
        () ->
            storage
                .withToken("flat")
                .getBlobContainerClient("others")
                .getBlobClient("x")
                .downloadContent());
  }

  @Test
  void a_token_for_another_resource_is_401() {
    String token = storage.cloud().azure().userToken("https://graph.microsoft.com");
    BlobServiceClient service =
        storage.client("flat").credential(storage.cloud().bearer(token)).buildClient();
    refused(
        401,
        "InvalidAuthenticationInfo",
        () -> service.getBlobContainerClient("things").getProperties());
  }

  @Test
  void a_wrong_key_is_refused_and_the_answer_says_what_was_signed() {
    BlobServiceClient service =
        storage
            .client("flat")
            .credential(new StorageSharedKeyCredential("flat", storage.key("deep")))
            .buildClient();
    var e =
        refused(
            403,
            "AuthenticationFailed",
            () -> service.getBlobContainerClient("things").getProperties());
    assertTrue(e.getServiceMessage().contains("string to sign: 'GET"), e.getServiceMessage());
    assertFalse(e.getServiceMessage().contains(storage.key("flat")));
  }

  @Test
  void nobody_reads_without_proof_unless_the_container_is_open() {
    BlobContainerClient anonymous =
        storage.client("flat").buildClient().getBlobContainerClient("things");
    BlobClient blob = anonymous.getBlobClient("a/b");
    refused(401, "NoAuthenticationInformation", blob::downloadContent);
    container.setAccessPolicy(PublicAccessType.BLOB, null);
    assertEquals("text", blob.downloadContent().toString());
    refused(401, "NoAuthenticationInformation", () -> anonymous.listBlobs().stream().count());
    refused(401, "NoAuthenticationInformation", blob::delete);
    container.setAccessPolicy(PublicAccessType.CONTAINER, null);
    assertEquals(1, anonymous.listBlobs().stream().count());
  }

  private String sas(BlobSasPermission permission, OffsetDateTime start, OffsetDateTime expiry) {
    return container
        .getBlobClient("a/b")
        .generateSas(new BlobServiceSasSignatureValues(expiry, permission).setStartTime(start));
  }

  @Test
  void a_service_sas_opens_its_blob_for_what_it_says_and_no_more() {
    OffsetDateTime before = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1);
    String sas = sas(new BlobSasPermission().setReadPermission(true), before, later);
    assertEquals("text", withSas(sas, "things", "a/b").downloadContent().toString());
    refused(403, "AuthorizationPermissionMismatch", () -> withSas(sas, "things", "a/b").delete());
    refused(403, "AuthenticationFailed", () -> withSas(sas, "things", "other").downloadContent());
    refused(403, "AuthenticationFailed", () -> withSas(sas, "others", "a/b").downloadContent());
    String forged = sas.replace("sp=r", "sp=rd");
    refused(403, "AuthenticationFailed", () -> withSas(forged, "things", "a/b").delete());
  }

  @Test
  void a_sas_counts_from_its_start_to_its_expiry() {
    BlobSasPermission read = new BlobSasPermission().setReadPermission(true);
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    String over = sas(read, now.minusHours(2), now.minusMinutes(1));
    refused(403, "AuthenticationFailed", () -> withSas(over, "things", "a/b").downloadContent());
    String early = sas(read, now.plusMinutes(10), later);
    refused(403, "AuthenticationFailed", () -> withSas(early, "things", "a/b").downloadContent());
  }

  @Test
  void a_sas_that_only_creates_does_not_overwrite() {
    String sas =
        container.generateSas(
            new BlobServiceSasSignatureValues(
                later, new BlobContainerSasPermission().setCreatePermission(true)));
    withSas(sas, "things", "new").upload(BinaryData.fromString("x"), true);
    refused(
        403,
        "AuthorizationPermissionMismatch",
        () -> withSas(sas, "things", "a/b").upload(BinaryData.fromString("x"), true));
  }

  @Test
  void an_account_sas_is_checked_for_service_resource_and_permission() {
    AccountSasSignatureValues values =
        new AccountSasSignatureValues(
            later,
            new AccountSasPermission().setReadPermission(true),
            new AccountSasService().setBlobAccess(true),
            new AccountSasResourceType().setObject(true));
    String sas = storage.withKey("flat").generateAccountSas(values);
    assertEquals("text", withSas(sas, "things", "a/b").downloadContent().toString());
    refused(403, "AuthorizationPermissionMismatch", () -> withSas(sas, "things", "a/b").delete());
    BlobContainerClient other =
        storage.client("flat").sasToken(sas).buildClient().getBlobContainerClient("things");
    refused(403, "AuthorizationResourceTypeMismatch", other::getProperties);
    String elsewhere =
        storage
            .withKey("flat")
            .generateAccountSas(values.setSasIpRange(SasIpRange.parse("10.0.0.1-10.0.0.9")));
    refused(
        403,
        "AuthorizationSourceIPMismatch",
        () -> withSas(elsewhere, "things", "a/b").downloadContent());
  }

  @Test
  void a_stored_access_policy_gives_a_sas_its_terms_and_takes_them() {
    BlobAccessPolicy policy = new BlobAccessPolicy().setPermissions("r").setExpiresOn(later);
    container.setAccessPolicy(
        null, List.of(new BlobSignedIdentifier().setId("p").setAccessPolicy(policy)));
    assertEquals("p", container.getAccessPolicy().getIdentifiers().get(0).getId());
    String sas = container.getBlobClient("a/b").generateSas(new BlobServiceSasSignatureValues("p"));
    assertEquals("text", withSas(sas, "things", "a/b").downloadContent().toString());
    container.setAccessPolicy(null, List.of());
    refused(403, "AuthenticationFailed", () -> withSas(sas, "things", "a/b").downloadContent());
  }

  @Test
  void a_user_delegation_sas_can_what_its_user_can() {
    storage.grant(StorageRig.READER, StorageRig.id("flat"));
    UserDelegationKey key = storage.withToken("flat").getUserDelegationKey(null, later);
    BlobContainerSasPermission all =
        new BlobContainerSasPermission().setReadPermission(true).setDeletePermission(true);
    String sas =
        container.generateUserDelegationSas(new BlobServiceSasSignatureValues(later, all), key);
    assertEquals("text", withSas(sas, "things", "a/b").downloadContent().toString());
    refused(403, "AuthorizationPermissionMismatch", () -> withSas(sas, "things", "a/b").delete());
    String forged = sas.replaceFirst("ske=2", "ske=3");
    refused(403, "AuthenticationFailed", () -> withSas(forged, "things", "a/b").downloadContent());
  }

  @Test
  void the_emulator_signs_urls_that_the_sdk_can_use() {
    String url =
        new SasIssuer(storage.store())
            .sasUrl("flat", "things", "a/b", "r", Instant.now().plusSeconds(60));
    BlobClient blob =
        new com.azure.storage.blob.BlobClientBuilder()
            .endpoint(url)
            .httpClient(storage.http())
            .buildClient();
    assertEquals("text", blob.downloadContent().toString());
  }
}
