package mlops.emulator.blob;

import static mlops.emulator.blob.StorageRig.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.StorageAccountInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers and lists through the real SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContainersTest {
  @TempDir Path folder;
  private StorageRig storage;
  private BlobServiceClient service;

  @BeforeEach
  void open() {
    storage = StorageRig.in(folder);
    service = storage.withKey("flat");
  }

  private static void put(BlobContainerClient container, String... names) {
    for (String name : names) {
      container.getBlobClient(name).upload(BinaryData.fromString(name), true);
    }
  }

  private static List<String> names(Iterable<BlobItem> items) {
    List<String> names = new ArrayList<>();
    items.forEach(i -> names.add(i.getName() + (Boolean.TRUE.equals(i.isPrefix()) ? "*" : "")));
    return names;
  }

  @Test
  void a_container_is_made_described_changed_and_deleted() {
    BlobContainerClient container = service.createBlobContainer("one");
    refused(409, "ContainerAlreadyExists", () -> service.createBlobContainer("one"));
    container.setMetadata(Map.of("k", "v"));
    assertEquals(Map.of("k", "v"), container.getProperties().getMetadata());
    put(container, "a");
    container.delete();
    assertFalse(container.exists());
    refused(404, "ContainerNotFound", container::delete);
    refused(404, "ContainerNotFound", () -> put(container, "a"));
    service.createBlobContainer("one");
    assertEquals(List.of(), names(container.listBlobs()), "what was in the old one is gone");
    refused(400, "InvalidResourceName", () -> service.createBlobContainer("Not_Allowed"));
    refused(400, "OutOfRangeInput", () -> service.createBlobContainer("x".repeat(300)));
  }

  @Test
  void containers_are_listed_by_name_in_pages() {
    List.of("b-one", "a-one", "b-two").forEach(service::createBlobContainer);
    List<String> all = service.listBlobContainers().stream().map(c -> c.getName()).toList();
    assertEquals(List.of("a-one", "b-one", "b-two"), all);
    var options =
        new com.azure.storage.blob.models.ListBlobContainersOptions()
            .setPrefix("b-")
            .setMaxResultsPerPage(1);
    assertEquals(
        2,
        service
            .listBlobContainers(options, null)
            .streamByPage()
            .filter(p -> !p.getValue().isEmpty())
            .count());
  }

  @Test
  void the_account_says_what_it_is() {
    StorageAccountInfo info = service.getAccountInfo();
    assertEquals("StorageV2", String.valueOf(info.getAccountKind()));
    assertFalse(info.isHierarchicalNamespaceEnabled());
    assertTrue(storage.withKey("deep").getAccountInfo().isHierarchicalNamespaceEnabled());
    assertFalse(service.getProperties().getDeleteRetentionPolicy().isEnabled());
  }

  @Test
  void blobs_are_listed_flat_and_by_folder_in_the_order_of_their_names() {
    BlobContainerClient container = service.createBlobContainer("lists");
    put(container, "b", "a/2", "a/1", "a-1", "B", "a/c/1", "ü", "a&<b>");
    assertEquals(
        List.of("B", "a&<b>", "a-1", "a/1", "a/2", "a/c/1", "b", "ü"),
        names(container.listBlobs()));
    assertEquals(
        List.of("B", "a&<b>", "a-1", "b", "ü", "a/*"),
        names(container.listBlobsByHierarchy("")).stream().toList());
    assertEquals(List.of("a/1", "a/2", "a/c/*"), names(container.listBlobsByHierarchy("a/")));
  }

  @Test
  void every_page_goes_on_where_the_last_one_ended() {
    BlobContainerClient container = service.createBlobContainer("pages");
    List<String> expected = IntStream.range(0, 25).mapToObj("d%02d/x"::formatted).sorted().toList();
    put(container, expected.toArray(String[]::new));
    for (String delimiter : new String[] {"", "/"}) {
      ListBlobsOptions options = new ListBlobsOptions().setMaxResultsPerPage(4);
      List<String> found = new ArrayList<>();
      int pages = 0;
      Iterable<PagedResponse<BlobItem>> byPage =
          delimiter.isEmpty()
              ? container.listBlobs(options, null).iterableByPage()
              : container.listBlobsByHierarchy("/", options, null).iterableByPage();
      for (PagedResponse<BlobItem> page : byPage) {
        page.getValue().forEach(i -> found.add(i.getName()));
        pages++;
      }
      assertEquals(7, pages);
      assertEquals(25, found.stream().distinct().count());
    }
  }

  @Test
  void five_thousand_blobs_fill_one_page() {
    BlobContainerClient container = service.createBlobContainer("many");
    IntStream.range(0, 5001)
        .forEach(
            i ->
                storage
                    .store()
                    .put("flat", "many", "n%05d".formatted(i), new byte[] {1}, "text/plain"));
    List<Integer> sizes = new ArrayList<>();
    container.listBlobs().iterableByPage().forEach(p -> sizes.add(p.getValue().size()));
    assertEquals(List.of(5000, 1), sizes);
  }

  @Test
  void details_are_listed_where_they_are_asked_for() {
    BlobContainerClient container = service.createBlobContainer("details");
    put(container, "a");
    container.getBlobClient("a").setMetadata(Map.of("k", "v"));
    String id = Base64.getEncoder().encodeToString(new byte[] {1});
    container
        .getBlobClient("draft")
        .getBlockBlobClient()
        .stageBlock(id, BinaryData.fromString("x"));
    assertEquals(List.of("a"), names(container.listBlobs()));
    BlobListDetails details =
        new BlobListDetails().setRetrieveMetadata(true).setRetrieveUncommittedBlobs(true);
    List<BlobItem> items =
        container.listBlobs(new ListBlobsOptions().setDetails(details), null).stream().toList();
    assertEquals(List.of("a", "draft"), names(items));
    assertEquals("v", items.get(0).getMetadata().get("k"));
    assertEquals(1, items.get(0).getProperties().getContentLength());
  }

  @Test
  void directories_of_a_hierarchical_account_are_listed_as_such() {
    BlobContainerClient container = storage.withKey("deep").createBlobContainer("dirs");
    put(container, "a/b/file");
    assertEquals(List.of("a", "a/b", "a/b/file"), names(container.listBlobs()));
    assertEquals(List.of("a/*"), names(container.listBlobsByHierarchy("")));
    assertEquals(
        "true", container.getBlobClient("a").getProperties().getMetadata().get("hdi_isfolder"));
    refused(409, "DirectoryIsNotEmpty", () -> container.getBlobClient("a").delete());
    refused(409, "ResourceTypeMismatch", () -> put(container, "a/b"));
  }

  @Test
  void the_settings_of_the_service_are_those_of_a_new_account() {
    BlobServiceProperties settings = service.getProperties();
    assertEquals("2024-08-04", settings.getDefaultServiceVersion());
    assertFalse(settings.getDeleteRetentionPolicy().isEnabled());
    assertFalse(settings.getStaticWebsite().isEnabled());
    assertEquals(List.of(), settings.getCors());
  }
}
