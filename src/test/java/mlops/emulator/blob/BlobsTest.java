package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlops.emulator.blob.StorageRig.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AccessTier;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobType;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mlops.emulator.blob.store.Blob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs through the real SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BlobsTest {
  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient container;

  @BeforeEach
  void make_a_container() {
    storage = StorageRig.in(folder);
    container = storage.container("flat", "things");
  }

  private BlobClient put(String name, String text) {
    BlobClient blob = container.getBlobClient(name);
    blob.upload(BinaryData.fromString(text), true);
    return blob;
  }

  @Test
  void an_empty_file_is_uploaded_as_an_empty_blob() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    BlobClient blob = container.getBlobClient("empty.csv");
    blob.uploadFromFile(empty.toString());
    assertEquals(0, blob.getProperties().getBlobSize());
    assertEquals("", blob.downloadContent().toString());
  }

  @Test
  void a_blob_is_put_read_described_and_deleted() throws Exception {
    BlobClient blob = container.getBlobClient("a/b ü+%.txt");
    assertFalse(blob.exists());
    refused(404, "BlobNotFound", blob::downloadContent);
    blob.uploadWithResponse(
        new BlobParallelUploadOptions(BinaryData.fromString("hello"))
            .setHeaders(new BlobHttpHeaders().setContentType("text/plain").setCacheControl("no"))
            .setMetadata(Map.of("upload_status", "completed")),
        null,
        Context.NONE);
    assertEquals("hello", blob.downloadContent().toString());
    BlobProperties properties = blob.getProperties();
    assertEquals(5, properties.getBlobSize());
    assertEquals("text/plain", properties.getContentType());
    assertEquals("no", properties.getCacheControl());
    assertEquals(Map.of("upload_status", "completed"), properties.getMetadata());
    byte[] md5 = MessageDigest.getInstance("MD5").digest("hello".getBytes(UTF_8));
    assertArrayEquals(md5, properties.getContentMd5());
    assertEquals("Hot", properties.getAccessTier().toString());
    blob.delete();
    refused(404, "BlobNotFound", blob::getProperties);
  }

  @Test
  void ranges_are_answered_with_206_and_their_place() {
    BlobClient blob = put("r", "0123456789");
    var answer =
        blob.downloadStreamWithResponse(
            new ByteArrayOutputStream(),
            new BlobRange(2, 3L),
            new DownloadRetryOptions(),
            null,
            true,
            null,
            Context.NONE);
    assertEquals(206, answer.getStatusCode());
    assertEquals("bytes 2-4/10", answer.getDeserializedHeaders().getContentRange());
    assertEquals(3, answer.getDeserializedHeaders().getContentLength());
    assertEquals(16, answer.getDeserializedHeaders().getContentMd5().length);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    blob.downloadStreamWithResponse(rest, new BlobRange(8), null, null, false, null, Context.NONE);
    assertEquals("89", rest.toString(UTF_8));
    refused(
        416,
        "InvalidRange",
        () ->
            blob.downloadStreamWithResponse(
                new ByteArrayOutputStream(),
                new BlobRange(10, 1L),
                null,
                null,
                false,
                null,
                Context.NONE));
  }

  @Test
  void conditions_are_kept() {
    BlobClient blob = put("c", "1");
    String etag = blob.getProperties().getETag();
    refused(409, "BlobAlreadyExists", () -> blob.upload(BinaryData.fromString("2"), false));
    put("c", "2");
    assertNotEquals(etag, blob.getProperties().getETag());
    BlobRequestConditions old = new BlobRequestConditions().setIfMatch(etag);
    refused(412, "ConditionNotMet", () -> blob.deleteWithResponse(null, old, null, Context.NONE));
    refused(412, "ConditionNotMet", () -> blob.setMetadataWithResponse(Map.of(), old, null, null));
    String now = blob.getProperties().getETag();
    BlobRequestConditions same = new BlobRequestConditions().setIfNoneMatch(now);
    var e = refused(304, "ConditionNotMet", () -> blob.getPropertiesWithResponse(same, null, null));
    assertEquals("ConditionNotMet", e.getErrorCode().toString());
    blob.deleteWithResponse(null, new BlobRequestConditions().setIfMatch(now), null, Context.NONE);
  }

  @Test
  void blocks_are_put_listed_and_committed_in_any_order() {
    BlockBlobClient blob = container.getBlobClient("blocks").getBlockBlobClient();
    String one = Base64.getEncoder().encodeToString("1".getBytes(UTF_8));
    String two = Base64.getEncoder().encodeToString("2".getBytes(UTF_8));
    blob.stageBlock(two, BinaryData.fromString("world"));
    blob.stageBlock(one, BinaryData.fromString("hello "));
    assertEquals(2, blob.listBlocks(BlockListType.ALL).getUncommittedBlocks().size());
    assertFalse(blob.exists());
    blob.commitBlockList(List.of(one, two));
    assertEquals("hello world", blob.downloadContent().toString());
    blob.commitBlockList(List.of(two, one), true);
    assertEquals("worldhello ", blob.downloadContent().toString());
    assertEquals(2, blob.listBlocks(BlockListType.COMMITTED).getCommittedBlocks().size());
    refused(400, "InvalidBlockList", () -> blob.commitBlockList(List.of("AAAA"), true));
  }

  @Test
  void a_large_blob_goes_up_in_parallel_blocks_and_comes_back_whole() {
    byte[] bytes = new byte[9_000_001];
    new Random(7).nextBytes(bytes);
    BlobClient blob = container.getBlobClient("large");
    blob.uploadWithResponse(
        new BlobParallelUploadOptions(new ByteArrayInputStream(bytes))
            .setParallelTransferOptions(
                new ParallelTransferOptions()
                    .setBlockSizeLong(1L << 20)
                    .setMaxSingleUploadSizeLong(1L << 20)
                    .setMaxConcurrency(4)),
        null,
        Context.NONE);
    assertArrayEquals(bytes, blob.downloadContent().toBytes());
    Path file = folder.resolve("large.bin");
    blob.downloadToFile(file.toString());
    assertEquals(bytes.length, file.toFile().length());
  }

  @Test
  void a_blob_in_pieces_is_read_in_ranges_and_becomes_one_file_when_one_is_needed()
      throws Exception {
    BlockBlobClient blob = container.getBlobClient("pieces").getBlockBlobClient();
    byte[] bytes = new byte[1_500_000];
    new Random(5).nextBytes(bytes);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] part = Arrays.copyOfRange(bytes, i * 500_000, (i + 1) * 500_000);
      ids.add(Base64.getEncoder().encodeToString(new byte[] {(byte) i}));
      blob.stageBlock(ids.get(i), BinaryData.fromBytes(part));
    }
    blob.commitBlockList(ids);
    for (long[] range : new long[][] {{0, 1_500_000}, {499_999, 2}, {400_000, 700_000}}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      blob.downloadStreamWithResponse(
          out, new BlobRange(range[0], range[1]), null, null, false, null, Context.NONE);
      int from = (int) range[0];
      assertArrayEquals(Arrays.copyOfRange(bytes, from, from + (int) range[1]), out.toByteArray());
    }
    String etag = blob.getProperties().getETag();
    Blob whole = storage.store().find("flat", "things", "pieces").orElseThrow();
    assertArrayEquals(bytes, Files.readAllBytes(whole.content()));
    assertEquals(etag, blob.getProperties().getETag());
    blob.commitBlockList(List.of(ids.get(2), ids.get(0)), true);
    assertArrayEquals(
        Arrays.copyOfRange(bytes, 1_000_000, 1_500_000),
        Arrays.copyOf(blob.downloadContent().toBytes(), 500_000));
    BlobClient copy = container.getBlobClient("copy-of-pieces");
    copy.copyFromUrl(blob.getBlobUrl());
    assertEquals(1_000_000, copy.downloadContent().getLength());
  }

  @Test
  void wrong_hashes_are_refused() {
    BlockBlobClient blob = container.getBlobClient("md5").getBlockBlobClient();
    refused(
        400,
        "Md5Mismatch",
        () ->
            blob.uploadWithResponse(
                new ByteArrayInputStream("x".getBytes(UTF_8)),
                1,
                null,
                null,
                null,
                new byte[16],
                null,
                null,
                Context.NONE));
    assertFalse(blob.exists());
  }

  @Test
  void properties_and_metadata_change_without_the_content() {
    BlobClient blob = put("p", "text");
    blob.setMetadata(Map.of("name", "x", "version", "1"));
    blob.setHttpHeaders(new BlobHttpHeaders().setContentType("text/csv"));
    assertEquals("text/csv", blob.getProperties().getContentType());
    assertEquals(AccessTier.HOT, blob.getProperties().getAccessTier());
    blob.setAccessTier(AccessTier.COOL);
    assertEquals(AccessTier.COOL, blob.getProperties().getAccessTier());
    assertEquals("1", blob.getProperties().getMetadata().get("version"));
    assertEquals("text", blob.downloadContent().toString());
  }

  @Test
  void an_append_blob_grows() {
    AppendBlobClient blob = container.getBlobClient("log").getAppendBlobClient();
    blob.create();
    for (String line : List.of("one\n", "two\n")) {
      blob.appendBlock(new ByteArrayInputStream(line.getBytes(UTF_8)), 4);
    }
    assertEquals("one\ntwo\n", blob.downloadContent().toString());
    assertEquals(BlobType.APPEND_BLOB, blob.getProperties().getBlobType());
    assertEquals(2, blob.getProperties().getCommittedBlockCount());
  }

  @Test
  void a_copy_has_content_headers_and_metadata_of_its_source() {
    BlobClient source = put("from", "copied");
    source.setMetadata(Map.of("k", "v"));
    BlobClient copy = container.getBlobClient("to");
    copy.beginCopy(source.getBlobUrl(), null).waitForCompletion();
    assertEquals("copied", copy.downloadContent().toString());
    assertEquals("v", copy.getProperties().getMetadata().get("k"));
    put("from", "changed");
    source.delete();
    assertEquals("copied", copy.downloadContent().toString());
    BlobClient missing = container.getBlobClient("missing");
    refused(404, "BlobNotFound", () -> copy.copyFromUrl(missing.getBlobUrl()));
  }

  @Test
  void what_is_not_built_is_501_by_name() {
    BlobClient blob = put("s", "x");
    var e = refused(501, "NotImplemented", blob::undelete);
    assertTrue(e.getServiceMessage().contains("comp=undelete"), e.toString());
  }
}
