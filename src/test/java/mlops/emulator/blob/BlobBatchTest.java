package mlops.emulator.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.batch.BlobBatch;
import com.azure.storage.blob.batch.BlobBatchClient;
import com.azure.storage.blob.batch.BlobBatchClientBuilder;
import com.azure.storage.blob.batch.BlobBatchStorageException;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blob Batch by the SDK's own client: each part is answered, and refused, by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BlobBatchTest {
  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient things;

  @BeforeEach
  void make_blobs() {
    storage = StorageRig.in(folder);
    things = storage.container("flat", "things");
    storage.container("flat", "others").getBlobClient("c").upload(text(), true);
    for (String name : List.of("a", "b/c d", "kept")) {
      things.getBlobClient(name).upload(text(), true);
    }
  }

  private static BinaryData text() {
    return BinaryData.fromString("text");
  }

  private static BlobBatchClient of(BlobServiceClient service) {
    return new BlobBatchClientBuilder(service).buildClient();
  }

  private String url(String blob) {
    return things.getBlobClient(blob).getBlobUrl();
  }

  @Test
  void blobs_are_deleted_together() {
    of(storage.withKey("flat"))
        .deleteBlobs(List.of(url("a"), url("b/c d")), DeleteSnapshotsOptionType.INCLUDE)
        .forEach(answer -> assertEquals(202, answer.getStatusCode()));
    assertFalse(things.getBlobClient("b/c d").exists());
    assertTrue(things.getBlobClient("kept").exists());
  }

  @Test
  void a_blob_that_is_missing_is_told_and_the_others_are_gone() {
    BlobBatchClient client = of(storage.withKey("flat"));
    BlobBatch batch = client.getBlobBatch();
    Response<Void> gone = batch.deleteBlob(url("a"));
    Response<Void> missing = batch.deleteBlob(url("none"));
    assertThrows(BlobBatchStorageException.class, () -> client.submitBatch(batch));
    assertEquals(202, gone.getStatusCode());
    assertEquals(
        404, assertThrows(BlobStorageException.class, missing::getStatusCode).getStatusCode());
    assertFalse(things.getBlobClient("a").exists());
  }

  @Test
  void a_container_takes_changes_of_tier_for_its_own_blobs_alone() {
    BlobBatchClient client =
        new BlobBatchClientBuilder(storage.withKey("flat").getBlobContainerClient("things"))
            .buildClient();
    client.setBlobsAccessTier(List.of(url("a"), url("kept")), AccessTier.COOL).forEach(r -> {});
    assertEquals(AccessTier.COOL, things.getBlobClient("a").getProperties().getAccessTier());
    BlobBatch other = client.getBlobBatch();
    other.deleteBlob("others", "c");
    BlobStorageException refused =
        assertThrows(BlobStorageException.class, () -> client.submitBatch(other));
    assertEquals("InvalidInput", refused.getErrorCode().toString());
  }

  @Test
  void a_token_without_the_right_deletes_nothing_and_one_with_it_does() {
    BlobBatchClient client = of(storage.withToken("flat"));
    List<String> both = List.of(url("a"), url("kept"));
    assertThrows(
        BlobStorageException.class,
        () -> client.deleteBlobs(both, DeleteSnapshotsOptionType.INCLUDE).stream().count());
    assertTrue(things.getBlobClient("a").exists());
    storage.grant(StorageRig.CONTRIBUTOR, StorageRig.id("flat"));
    assertEquals(2, client.deleteBlobs(both, DeleteSnapshotsOptionType.INCLUDE).stream().count());
  }

  @Test
  void a_part_brings_its_own_credentials() {
    String body = batch(part(1, "DELETE", "/things/a", ""));
    assertTrue(answer(body).contains("HTTP/1.1 401 "), "a part without any");
    assertTrue(things.getBlobClient("a").exists());
  }

  @Test
  void what_is_no_batch_is_refused_as_a_whole() {
    String signed = "Authorization: SharedKey flat:AAAA\r\n";
    for (String body :
        List.of(
            "",
            "--batch_1--\r\n",
            batch("Content-Type: application/http\r\n\r\nnot http\r\n\r\n"),
            batch(part(0, "GET", "/things/a", signed)),
            batch(part(0, "PUT", "/things/a?comp=metadata", signed)),
            batch(part(0, "DELETE", "/things?restype=container", signed)),
            batch(part(0, "DELETE", "/things/a", signed)).replace("--batch_1--", ""))) {
      assertTrue(answer(body).contains("<Code>InvalidInput</Code>"), body);
    }
    String many =
        batch(
            IntStream.range(0, 257)
                .mapToObj(i -> part(i, "DELETE", "/things/a", signed))
                .toArray(String[]::new));
    assertTrue(answer(many).contains("<Code>InvalidInput</Code>"));
    assertTrue(things.getBlobClient("a").exists());
  }

  private static String part(int id, String method, String target, String headers) {
    return "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: %d\r\n\r\n%s %s HTTP/1.1\r\n%sContent-Length: 0\r\n\r\n"
        .formatted(id, method, target, headers);
  }

  private static String batch(String... parts) {
    return "--batch_1\r\n" + String.join("\r\n--batch_1\r\n", parts) + "\r\n--batch_1--\r\n";
  }

  /** What the service answers to a batch of a user who may delete blobs. */
  private String answer(String body) {
    storage.grant(StorageRig.CONTRIBUTOR, StorageRig.id("flat"));
    HttpRequest request =
        new HttpRequest(HttpMethod.POST, "https://flat.blob.core.windows.net/?comp=batch");
    request.setHeader(HttpHeaderName.CONTENT_TYPE, "multipart/mixed; boundary=batch_1");
    request.setHeader(HttpHeaderName.fromString("x-ms-version"), "2024-08-04");
    request.setHeader(
        HttpHeaderName.AUTHORIZATION,
        "Bearer " + storage.cloud().userToken("https://storage.azure.com"));
    request.setBody(body);
    try (HttpResponse response = storage.http().sendSync(request, Context.NONE)) {
      return response.getBodyAsBinaryData().toString();
    }
  }
}
