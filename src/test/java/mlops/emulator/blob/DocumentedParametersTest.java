package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.openapi.DocumentedOperation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds storage against Microsoft's documents: nothing that they name is accepted and ignored. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class DocumentedParametersTest {

  /** What is rightly passed over, everywhere or in one operation, and why. */
  private static final Map<String, String> IGNORED =
      Map.ofEntries(
          Map.entry("timeout", "nothing takes so long that it would be given up"),
          Map.entry("Content-Length", "the length of the body, which HTTP itself reads"),
          Map.entry(
              "x-ms-rehydrate-priority", "all content is at hand, none comes from an archive"),
          Map.entry("close", "it says which events are raised, and nobody is told of events"),
          Map.entry("paginated", "a deletion is one step, whether it may take several or not"),
          Map.entry("Blob_AbortCopyFromURL copyid", "no copy is ever under way"),
          Map.entry("Path_SetAccessControlRecursive forceFlag", "nothing fails for a superuser"),
          Map.entry("Path_Delete recursive", "of a file, or said already"));

  @TempDir Path folder;
  private StorageRig storage;
  private String token;
  private int containers;

  @BeforeEach
  void make_accounts() {
    storage = StorageRig.in(folder);
    storage.grant(StorageRig.OWNER, StorageRig.id("flat"));
    storage.grant(StorageRig.OWNER, StorageRig.id("deep"));
    token = storage.cloud().azure().userToken("https://storage.azure.com");
  }

  @Test
  void each_is_read_or_refused_by_name_or_rightly_ignored() {
    List<String> wrong = new ArrayList<>();
    TreeSet<String> unused = new TreeSet<>(IGNORED.keySet());
    DocumentedOperation.ofStorage()
        .forEach(
            operation -> {
              for (String sample :
                  StorageSamples.REQUESTS.getOrDefault(operation.id(), List.of())) {
                check(operation, sample, wrong, unused);
              }
            });
    assertEquals(List.of(), wrong);
    assertEquals(List.of(), List.copyOf(unused), "reasons for what is read by now");
  }

  private void check(
      DocumentedOperation operation, String sample, List<String> wrong, Set<String> unused) {
    String host = operation.host();
    Outcome plain = outcome(host, sample, null);
    String sent = operation.id() + " " + sample;
    if (plain.status() >= 400 && !operation.id().equals("Blob_AbortCopyFromURL")) {
      wrong.add(sent + " is no good sample: " + plain.answer());
    }
    for (DocumentedOperation.Parameter parameter : operation.parameters()) {
      if (parameter.inPath()
          || !parameter.selects().isEmpty()
          || sample.contains(parameter.name() + "=" + StorageSamples.VALUES.get(parameter.name()))
          || List.of("resource", "action").contains(parameter.name())) {
        continue; // it says what is meant, or is there already
      }
      Outcome with = outcome(host, sample, parameter);
      String key = operation.id() + " " + parameter.name();
      if (with.equals(plain)) {
        if (!IGNORED.containsKey(parameter.name()) && !IGNORED.containsKey(key)) {
          wrong.add("%s: nothing reads %s".formatted(sent, parameter.name()));
        }
        unused.remove(parameter.name());
        unused.remove(key);
      } else if (with.status() == 501
          && !operation.method().equals("HEAD")
          && !sample.startsWith("HEAD")
          && !with.answer()
              .toLowerCase(Locale.ROOT)
              .contains(parameter.name().toLowerCase(Locale.ROOT))) {
        wrong.add("%s: refused, not by the name %s".formatted(sent, parameter.name()));
      }
    }
  }

  private static String account(String host) {
    return host.equals("dfs") ? "deep" : "flat";
  }

  /** What is answered, and what is there afterwards where the answer alone tells no difference. */
  private record Outcome(int status, String answer, String after) {}

  private Outcome outcome(
      String host, String sample, DocumentedOperation.@Nullable Parameter with) {
    String container = container(host);
    String name = account(host) + "." + host + ".core.windows.net";
    StorageSamples.BEFORE.forEach(
        (part, requests) -> {
          if (sample.contains(part)) {
            requests.forEach(request -> send(account(host), container, request));
          }
        });
    String expiry = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    Response answer =
        handle(
            StorageSamples.request(sample.replace("EXPIRY", expiry), name, container, token, with));
    return new Outcome(answer.status(), text(answer, container), after(account(host), container));
  }

  /** A container with a block blob, an append blob, a folder, and blocks nobody committed. */
  private String container(String host) {
    String account = account(host);
    String container = "c%03d".formatted(containers++ % 1000) + (containers / 1000 + 100);
    storage.store().createContainer(account, container);
    storage.store().put(account, container, "b", "content".getBytes(UTF_8), "text/plain");
    storage.store().put(account, container, "e", "else".getBytes(UTF_8), "text/plain");
    storage.store().append(account, container, "a", "appended".getBytes(UTF_8));
    storage.store().put(account, container, "folder/f", "in it".getBytes(UTF_8), "text/plain");
    if (account.equals("flat")) {
      send(account, container, "PUT /C/b?comp=metadata|x-ms-meta-old=1");
      send(account, container, "PUT /C/u?comp=block&blockid=b2xk|>block");
    }
    return container;
  }

  private Response send(String account, String container, String sample) {
    String host = account + ".blob.core.windows.net";
    return handle(StorageSamples.request(sample, host, container, token, null));
  }

  private String after(String account, String container) {
    StringBuilder after = new StringBuilder();
    for (String look :
        List.of(
            "GET /C?restype=container&comp=list&include=metadata,uncommittedblobs,copy,snapshots,tags",
            "HEAD /C?restype=container",
            "GET /C/b",
            "HEAD /C/l",
            "HEAD /Cleased?restype=container",
            "HEAD /C/e",
            "HEAD /C/folder",
            "GET /C/d?comp=blocklist&blocklisttype=all",
            "GET /C/b?comp=blocklist&blocklisttype=all",
            "HEAD /Cnew?restype=container")) {
      after.append(text(send(account, container, look), container)).append('\n');
    }
    return after.toString();
  }

  private Response handle(Request request) {
    return storage.cloud().azure().router().handle(request);
  }

  /** An answer without what differs from one to the next. */
  private static String text(Response answer, String container) {
    TreeSet<String> lines = new TreeSet<>();
    for (HttpHeader header : answer.headers()) {
      if (!header.getName().equalsIgnoreCase("x-ms-request-id")) {
        lines.add(header.getName() + ": " + header.getValue());
      }
    }
    return (answer.status() + " " + lines + " " + answer.body())
        .replace(container, "C")
        .replaceAll("\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT", "DATE")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "GUID")
        .replaceAll("0x[0-9A-F]{12,}", "ETAG")
        .replaceAll("\"creationTime\":\"\\d+\"", "CREATED")
        .replaceAll("<Value>[^<]*</Value>", "KEY");
  }

  @Test
  void samples_are_of_operations_that_there_are() {
    List<String> known = DocumentedOperation.ofStorage().map(DocumentedOperation::id).toList();
    assertTrue(known.containsAll(StorageSamples.REQUESTS.keySet()));
  }
}
