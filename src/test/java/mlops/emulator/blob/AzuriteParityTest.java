package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AppendBlobRequestConditions;
import com.azure.storage.blob.models.BlobAccessPolicy;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobSignedIdentifier;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobParallelUploadOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlobLeaseClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.emulator.state.StandardHashes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same calls of the official SDK to the embedded Azure and to Azurite, Microsoft's emulator:
 * status, error code, the headers that matter and the body must be the same.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
class AzuriteParityTest {
  private static final OffsetDateTime LATER =
      OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final OffsetDateTime BEFORE = LATER.withYear(2020);

  /** Something to say to a service, with a container that was made for it. */
  private interface Scenario extends BiConsumer<StorageTranscript, BlobContainerClient> {}

  private final Map<String, Scenario> scenarios = scenarios();
  private @Nullable Azurite azurite;
  private @Nullable StorageRig storage;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(
        Azurite.program().isPresent(),
        "Azurite is not here: npm install --prefix target/azurite azurite, or set MLOPS_AZURITE");
    azurite = Azurite.start(Azurite.program().orElseThrow(), folder.resolve("azurite"));
    storage = StorageRig.in(folder.resolve("state"));
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (azurite != null) {
      azurite.stop();
    }
  }

  Stream<String> names() {
    return scenarios.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void the_embedded_azure_answers_as_azurite_does(String name) {
    Scenario scenario = requireNonNull(scenarios.get(name));
    StorageRig flat = requireNonNull(storage);
    StorageTranscript theirs = requireNonNull(azurite).transcript();
    StorageTranscript ours =
        new StorageTranscript(
            flat.http(), "https://flat.blob.core.windows.net", flat.keyCredential("flat"));
    assertEquals(
        KnownDifferences.inWordsOfAzure(play(theirs, name, scenario)), play(ours, name, scenario));
  }

  private static String play(StorageTranscript transcript, String name, Scenario scenario) {
    BlobContainerClient container =
        transcript.service().getBlobContainerClient(name.replace(' ', '-'));
    container.create();
    scenario.accept(transcript, container);
    return transcript.said().stream()
        .map(line -> KnownDifferences.leaveOut(name, line))
        .collect(Collectors.joining("\n"));
  }

  private static BlobClient put(BlobContainerClient container, String name) {
    BlobClient blob = container.getBlobClient(name);
    blob.upload(BinaryData.fromString("text of " + name), true);
    return blob;
  }

  private static Map<String, Scenario> scenarios() {
    Map<String, Scenario> all = new LinkedHashMap<>();
    all.put("containers", AzuriteParityTest::containers);
    all.put("container policies", AzuriteParityTest::policies);
    all.put("put and get", AzuriteParityTest::putAndGet);
    all.put("odd names", AzuriteParityTest::oddNames);
    all.put("missing things", AzuriteParityTest::missing);
    all.put("ranges", AzuriteParityTest::ranges);
    all.put("conditions", AzuriteParityTest::conditions);
    all.put("conditions on time", AzuriteParityTest::times);
    all.put("blocks", AzuriteParityTest::blocks);
    all.put("appends", AzuriteParityTest::appends);
    all.put("hashes", AzuriteParityTest::hashes);
    all.put("headers and metadata", AzuriteParityTest::properties);
    all.put("copies", AzuriteParityTest::copies);
    all.put("lists", AzuriteParityTest::lists);
    all.put("leases", AzuriteParityTest::leases);
    all.put("leases of containers", AzuriteParityTest::leasesOfContainers);
    all.put("snapshots", AzuriteParityTest::snapshots);
    all.put("tags", AzuriteParityTest::tags);
    all.put("signatures", AzuriteParityTest::signatures);
    return all;
  }

  private static void containers(StorageTranscript t, BlobContainerClient container) {
    t.attempt(container::create);
    t.attempt(container::getProperties);
    t.attempt(() -> container.setMetadata(Map.of("k", "v")));
    t.attempt(container::getProperties);
    t.attempt(container::delete);
    t.attempt(container::getProperties);
    t.attempt(container::delete);
    t.attempt(() -> put(container, "late"));
    t.attempt(() -> container.listBlobs().forEach(item -> {}));
    t.attempt(() -> t.service().createBlobContainer("no"));
  }

  private static void policies(StorageTranscript t, BlobContainerClient container) {
    t.attempt(container::getAccessPolicy);
    BlobAccessPolicy policy = new BlobAccessPolicy().setPermissions("r").setExpiresOn(LATER);
    t.attempt(
        () ->
            container.setAccessPolicy(
                null, List.of(new BlobSignedIdentifier().setId("p").setAccessPolicy(policy))));
    t.attempt(container::getAccessPolicy);
    BlobClient blob = put(container, "b");
    String sas = blob.generateSas(new BlobServiceSasSignatureValues("p"));
    t.attempt(() -> withSas(t, sas, container, "b").downloadContent());
    t.attempt(() -> withSas(t, sas, container, "b").delete());
  }

  private static void putAndGet(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "a/b.txt");
    t.attempt(blob::downloadContent);
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.upload(BinaryData.fromString("again"), true));
    t.attempt(blob::downloadContent);
    t.attempt(() -> container.getBlobClient("empty").upload(BinaryData.fromString("")));
    t.attempt(() -> container.getBlobClient("empty").downloadContent());
    t.attempt(blob::delete);
    t.attempt(blob::getProperties);
  }

  private static void oddNames(StorageTranscript t, BlobContainerClient container) {
    for (String name : List.of("ü/日本", "a b+c%d", "q?x=1#f", "a//b", "A", "a", "x&<y>'\"")) {
      t.attempt(() -> put(container, name));
      t.attempt(() -> container.getBlobClient(name).downloadContent());
    }
    t.attempt(() -> container.listBlobs().forEach(item -> {}));
  }

  private static void missing(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = container.getBlobClient("missing");
    t.attempt(blob::downloadContent);
    t.attempt(blob::getProperties);
    t.attempt(blob::delete);
    t.attempt(() -> blob.setMetadata(Map.of("a", "b")));
    t.attempt(() -> blob.setHttpHeaders(new BlobHttpHeaders()));
    t.attempt(() -> blob.getBlockBlobClient().listBlocks(BlockListType.ALL));
    BlobRequestConditions match = new BlobRequestConditions().setIfMatch("\"0x1\"");
    t.attempt(() -> blob.getPropertiesWithResponse(match, null, Context.NONE));
    t.attempt(() -> append(blob.getAppendBlobClient(), "x"));
  }

  private static void ranges(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "range");
    for (BlobRange range :
        List.of(new BlobRange(0, 4L), new BlobRange(5), new BlobRange(3, 999L), new BlobRange(0))) {
      t.attempt(() -> read(blob, range, false));
    }
    t.attempt(() -> read(blob, new BlobRange(2, 3L), true));
    t.attempt(() -> read(blob, new BlobRange(999, 1L), false));
  }

  private static void read(BlobClient blob, BlobRange range, boolean md5) {
    blob.downloadStreamWithResponse(
        new ByteArrayOutputStream(), range, null, null, md5, null, Context.NONE);
  }

  private static void conditions(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "c");
    t.attempt(() -> blob.upload(BinaryData.fromString("2"), false));
    String etag = blob.getProperties().getETag();
    for (BlobRequestConditions conditions :
        List.of(
            new BlobRequestConditions().setIfMatch("\"0x1\""),
            new BlobRequestConditions().setIfNoneMatch(etag),
            new BlobRequestConditions().setIfMatch(etag),
            new BlobRequestConditions().setIfNoneMatch("\"0x1\""))) {
      t.attempt(() -> blob.getPropertiesWithResponse(conditions, null, Context.NONE));
      t.attempt(
          () ->
              blob.downloadStreamWithResponse(
                  new ByteArrayOutputStream(), null, null, conditions, false, null, Context.NONE));
    }
    BlobRequestConditions wrong = new BlobRequestConditions().setIfMatch("\"0x1\"");
    t.attempt(() -> blob.setMetadataWithResponse(Map.of("k", "v"), wrong, null, Context.NONE));
    t.attempt(() -> blob.deleteWithResponse(null, wrong, null, Context.NONE));
    BlobRequestConditions right = new BlobRequestConditions().setIfMatch(etag);
    t.attempt(() -> blob.deleteWithResponse(null, right, null, Context.NONE));
  }

  private static void times(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "c");
    for (BlobRequestConditions conditions :
        List.of(
            new BlobRequestConditions().setIfModifiedSince(LATER),
            new BlobRequestConditions().setIfModifiedSince(BEFORE),
            new BlobRequestConditions().setIfUnmodifiedSince(BEFORE),
            new BlobRequestConditions().setIfUnmodifiedSince(LATER))) {
      t.attempt(() -> blob.getPropertiesWithResponse(conditions, null, Context.NONE));
      t.attempt(
          () -> blob.setMetadataWithResponse(Map.of("k", "v"), conditions, null, Context.NONE));
    }
  }

  private static void blocks(StorageTranscript t, BlobContainerClient container) {
    BlockBlobClient blob = container.getBlobClient("blocks").getBlockBlobClient();
    String one = id("1");
    String two = id("2");
    t.attempt(() -> blob.stageBlock(two, BinaryData.fromString("world")));
    t.attempt(() -> blob.stageBlock(one, BinaryData.fromString("hello ")));
    t.attempt(() -> blob.listBlocks(BlockListType.ALL));
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.commitBlockList(List.of(one, id("9"))));
    t.attempt(() -> blob.commitBlockList(List.of(one, two)));
    t.attempt(blob::downloadContent);
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.commitBlockList(List.of(two), true));
    t.attempt(blob::downloadContent);
    t.attempt(() -> blob.listBlocks(BlockListType.COMMITTED));
    t.attempt(() -> blob.stageBlock(one, BinaryData.fromString("new")));
    t.attempt(() -> blob.listBlocks(BlockListType.UNCOMMITTED));
    t.attempt(() -> blob.commitBlockList(List.of(), true));
    t.attempt(blob::downloadContent);
  }

  private static String id(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static void appends(StorageTranscript t, BlobContainerClient container) {
    AppendBlobClient log = container.getBlobClient("log").getAppendBlobClient();
    t.attempt(log::create);
    t.attempt(() -> append(log, "one"));
    t.attempt(() -> append(log, "two"));
    t.attempt(() -> container.getBlobClient("log").downloadContent());
    t.attempt(log::getProperties);
    AppendBlobRequestConditions here = new AppendBlobRequestConditions().setAppendPosition(1L);
    t.attempt(
        () ->
            log.appendBlockWithResponse(
                new ByteArrayInputStream(new byte[1]), 1, null, here, null, Context.NONE));
    AppendBlobRequestConditions small = new AppendBlobRequestConditions().setMaxSize(6L);
    t.attempt(
        () ->
            log.appendBlockWithResponse(
                new ByteArrayInputStream(new byte[1]), 1, null, small, null, Context.NONE));
    put(container, "block");
    t.attempt(() -> append(container.getBlobClient("block").getAppendBlobClient(), "x"));
  }

  private static void append(AppendBlobClient log, String text) {
    log.appendBlock(new ByteArrayInputStream(text.getBytes(UTF_8)), text.length());
  }

  private static void hashes(StorageTranscript t, BlobContainerClient container) {
    BlockBlobClient blob = container.getBlobClient("md5").getBlockBlobClient();
    byte[] right = StandardHashes.md5().digest("x".getBytes(UTF_8));
    for (byte[] md5 : List.of(new byte[16], right)) {
      t.attempt(
          () ->
              blob.uploadWithResponse(
                  new ByteArrayInputStream("x".getBytes(UTF_8)),
                  1,
                  null,
                  null,
                  null,
                  md5,
                  null,
                  null,
                  Context.NONE));
    }
    t.attempt(blob::getProperties);
  }

  private static void properties(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = container.getBlobClient("p");
    BlobHttpHeaders headers =
        new BlobHttpHeaders()
            .setContentType("text/csv")
            .setContentEncoding("identity")
            .setContentLanguage("en")
            .setContentDisposition("inline")
            .setCacheControl("no-cache");
    t.attempt(
        () ->
            blob.uploadWithResponse(
                new BlobParallelUploadOptions(BinaryData.fromString("text"))
                    .setHeaders(headers)
                    .setMetadata(Map.of("k", "v")),
                null,
                Context.NONE));
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.setMetadata(Map.of("other", "1")));
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.setHttpHeaders(new BlobHttpHeaders().setContentType("text/plain")));
    t.attempt(blob::downloadContent);
  }

  private static void copies(StorageTranscript t, BlobContainerClient container) {
    BlobClient source = put(container, "from");
    source.setMetadata(Map.of("k", "v"));
    BlobClient copy = container.getBlobClient("to");
    t.attempt(() -> copy.beginCopy(source.getBlobUrl(), null).waitForCompletion());
    t.attempt(copy::downloadContent);
    t.attempt(copy::getProperties);
    t.attempt(() -> copy.abortCopyFromUrl("00000000-0000-0000-0000-000000000000"));
  }

  private static void lists(StorageTranscript t, BlobContainerClient container) {
    for (String name : List.of("a/1", "a/2", "a/c/1", "a-1", "b", "B")) {
      put(container, name);
    }
    container.getBlobClient("b").setMetadata(Map.of("k", "v"));
    container
        .getBlobClient("draft")
        .getBlockBlobClient()
        .stageBlock(id("1"), BinaryData.fromString("x"));
    t.attempt(() -> container.listBlobs().forEach(item -> {}));
    t.attempt(() -> container.listBlobsByHierarchy("a/").forEach(item -> {}));
    t.attempt(() -> container.listBlobsByHierarchy("").forEach(item -> {}));
    ListBlobsOptions two = new ListBlobsOptions().setMaxResultsPerPage(2).setPrefix("a");
    t.attempt(() -> container.listBlobs(two, null).forEach(item -> {}));
    BlobListDetails details =
        new BlobListDetails().setRetrieveMetadata(true).setRetrieveUncommittedBlobs(true);
    t.attempt(
        () ->
            container
                .listBlobs(new ListBlobsOptions().setDetails(details), null)
                .forEach(item -> {}));
    t.attempt(
        () ->
            container
                .listBlobs(new ListBlobsOptions().setPrefix("none"), null)
                .forEach(item -> {}));
  }

  private static final String ONE = "11111111-1111-1111-1111-111111111111";
  private static final String TWO = "22222222-2222-2222-2222-222222222222";

  private static void leases(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "l");
    BlobLeaseClient one = new BlobLeaseClientBuilder().blobClient(blob).leaseId(ONE).buildClient();
    BlobLeaseClient two = new BlobLeaseClientBuilder().blobClient(blob).leaseId(TWO).buildClient();
    t.attempt(one::renewLease);
    t.attempt(one::releaseLease);
    t.attempt(one::breakLease);
    t.attempt(() -> one.acquireLease(14));
    t.attempt(() -> one.acquireLease(-1));
    t.attempt(() -> one.acquireLease(15));
    t.attempt(() -> two.acquireLease(15));
    t.attempt(two::renewLease);
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.setMetadata(Map.of("k", "v")));
    t.attempt(() -> put(container, "l"));
    t.attempt(blob::delete);
    BlobRequestConditions other = new BlobRequestConditions().setLeaseId(TWO);
    t.attempt(() -> blob.setMetadataWithResponse(null, other, null, Context.NONE));
    t.attempt(() -> blob.getPropertiesWithResponse(other, null, Context.NONE));
    BlobRequestConditions held = new BlobRequestConditions().setLeaseId(ONE);
    t.attempt(() -> blob.setMetadataWithResponse(Map.of("k", "v"), held, null, Context.NONE));
    t.attempt(() -> one.changeLease(TWO));
    t.attempt(two::breakLease);
    t.attempt(blob::getProperties);
    t.attempt(() -> two.acquireLease(15));
    t.attempt(two::renewLease);
    t.attempt(two::releaseLease);
    t.attempt(blob::getProperties);
    t.attempt(() -> one.acquireLease(-1));
    t.attempt(one::breakLease);
    t.attempt(one::renewLease);
    t.attempt(() -> container.listBlobs().forEach(item -> {}));
    t.attempt(() -> put(container, "l"));
    t.attempt(blob::getProperties);
  }

  private static void leasesOfContainers(StorageTranscript t, BlobContainerClient container) {
    BlobLeaseClient one =
        new BlobLeaseClientBuilder().containerClient(container).leaseId(ONE).buildClient();
    t.attempt(() -> one.acquireLease(-1));
    t.attempt(container::getProperties);
    t.attempt(() -> container.setMetadata(Map.of("k", "v")));
    t.attempt(() -> put(container, "b"));
    t.attempt(container::delete);
    BlobRequestConditions other = new BlobRequestConditions().setLeaseId(TWO);
    t.attempt(() -> container.deleteWithResponse(other, null, Context.NONE));
    t.attempt(one::breakLease);
    t.attempt(container::getProperties);
    t.attempt(container::delete);
  }

  private static void snapshots(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "s");
    blob.setMetadata(Map.of("k", "v"));
    String first = blob.createSnapshot().getSnapshotId();
    t.attempt(blob::createSnapshot);
    t.attempt(() -> blob.upload(BinaryData.fromString("again"), true));
    t.attempt(() -> blob.getSnapshotClient(first).downloadContent());
    t.attempt(() -> blob.getSnapshotClient(first).getProperties());
    t.attempt(() -> blob.getSnapshotClient("2020-01-01T00:00:00.0000000Z").getProperties());
    ListBlobsOptions all =
        new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveSnapshots(true));
    t.attempt(() -> container.listBlobs(all, null).forEach(item -> {}));
    t.attempt(blob::delete);
    t.attempt(() -> blob.getSnapshotClient(first).delete());
    t.attempt(() -> blob.getSnapshotClient(first).delete());
    DeleteSnapshotsOptionType only = DeleteSnapshotsOptionType.ONLY;
    t.attempt(() -> blob.deleteWithResponse(only, null, null, Context.NONE));
    t.attempt(blob::getProperties);
    blob.createSnapshot();
    DeleteSnapshotsOptionType include = DeleteSnapshotsOptionType.INCLUDE;
    t.attempt(() -> blob.deleteWithResponse(include, null, null, Context.NONE));
    t.attempt(blob::getProperties);
  }

  private static void tags(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "t");
    t.attempt(blob::getTags);
    t.attempt(() -> blob.setTags(Map.of("a", "1", "b", "x y")));
    t.attempt(blob::getTags);
    t.attempt(blob::getProperties);
    t.attempt(() -> blob.setTags(Map.of("a", "x".repeat(257))));
    for (String condition : List.of("a = '1'", "a <> '1'", "a > '0' AND b = 'x y'")) {
      BlobRequestConditions conditions = new BlobRequestConditions().setTagsConditions(condition);
      t.attempt(() -> blob.getPropertiesWithResponse(conditions, null, Context.NONE));
    }
    ListBlobsOptions withTags =
        new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveTags(true));
    t.attempt(() -> container.listBlobs(withTags, null).forEach(item -> {}));
    t.attempt(() -> container.findBlobsByTags("a = '1'").forEach(item -> {}));
    t.attempt(() -> container.findBlobsByTags("a = '2'").forEach(item -> {}));
  }

  private static void signatures(StorageTranscript t, BlobContainerClient container) {
    BlobClient blob = put(container, "b");
    BlobSasPermission read = new BlobSasPermission().setReadPermission(true);
    String sas = blob.generateSas(new BlobServiceSasSignatureValues(LATER, read));
    t.attempt(() -> withSas(t, sas, container, "b").downloadContent());
    t.attempt(() -> withSas(t, sas, container, "b").delete());
    t.attempt(() -> withSas(t, sas, container, "other").downloadContent());
    t.attempt(() -> withSas(t, sas.replace("sp=r", "sp=rd"), container, "b").delete());
    String over = blob.generateSas(new BlobServiceSasSignatureValues(BEFORE, read));
    t.attempt(() -> withSas(t, over, container, "b").downloadContent());
    StorageSharedKeyCredential wrong =
        new StorageSharedKeyCredential(t.credential().getAccountName(), "d3Jvbmc=");
    t.attempt(
        () ->
            t.client()
                .credential(wrong)
                .buildClient()
                .getBlobContainerClient(container.getBlobContainerName())
                .getProperties());
  }

  private static BlobClient withSas(
      StorageTranscript t, String sas, BlobContainerClient container, String blob) {
    return t.client()
        .sasToken(sas)
        .buildClient()
        .getBlobContainerClient(container.getBlobContainerName())
        .getBlobClient(blob);
  }
}
