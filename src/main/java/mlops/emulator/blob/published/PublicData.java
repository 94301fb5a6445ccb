package mlops.emulator.blob.published;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StandardHashes;
import mlops.emulator.state.StateTree;

/**
 * Public data that the user has laid into the state. Each account that it is published in is there
 * as one of somebody else's: it is in no subscription, and anyone may read it.
 */
public final class PublicData {
  private static final String ROOT = "/public";
  private static final String WHOLE = "whole";

  private final StateTree state;
  private final BlobStore blobs;

  public PublicData(StateTree state, BlobStore blobs) {
    this.state = state;
    this.blobs = blobs;
  }

  /**
   * What lies at a URL.
   *
   * @param files how many, and how many bytes they have
   * @param whole false where laying it was interrupted
   */
  public record Laid(PublicUrl url, int files, long bytes, Instant since, boolean whole) {}

  /** The account of a name, where something of it is laid. */
  public static Optional<BlobAccounts.Account> account(StateTree state, String name) {
    return state.exists(ROOT + "/" + name)
        ? Optional.of(
            new BlobAccounts.Account(
                ROOT + "/" + name,
                name,
                "StorageV2",
                "Standard_LRS",
                false,
                false,
                true,
                List.of()))
        : Optional.empty();
  }

  /** Whether an account is somebody else's. */
  public static boolean isPublic(BlobAccounts.Account account) {
    return account.id().startsWith(ROOT + "/");
  }

  /**
   * Copies a file, or a folder with all below it, to a URL; what lay there goes.
   *
   * @param typeOf the content type of a file of this name
   * @throws IOException where it cannot be read, or is no plain file
   */
  public Laid lay(PublicUrl url, Path source, UnaryOperator<String> typeOf) throws IOException {
    Map<String, Path> files = files(url, source);
    remove(url);
    note(url, false); // what is killed half way is not taken for the whole
    if (!blobs.hasContainer(url.account(), url.container())) {
      BlobAccounts.Account owner = blobs.account(url.account());
      blobs
          .containers()
          .create(
              owner.containerId(url.container()), i -> i.withAccess("Container", i.identifiers()));
    }
    files.forEach(
        (name, file) ->
            blobs.put(url.account(), url.container(), name, file, false, typeOf.apply(name)));
    return laid(note(url, true));
  }

  /** The files to lay, by the names of their blobs. Links could lead to what nobody meant. */
  private static Map<String, Path> files(PublicUrl url, Path source) throws IOException {
    if (Files.isRegularFile(source)) {
      return Map.of(url.path(), source);
    }
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path file : Folders.files(source)) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(file + " is a link or no plain file");
      }
      if (!Files.isReadable(file)) {
        throw new IOException(file + " may not be read");
      }
      files.put(url.below(source.relativize(file).toString().replace('\\', '/')), file);
    }
    if (files.isEmpty()) {
      throw new IOException("there is no file in it");
    }
    return files;
  }

  private ObjectNode note(PublicUrl url, boolean whole) {
    ObjectNode note = Json.object().put("url", url.toString()).put(WHOLE, whole);
    note.put("since", blobs.clock().instant().toString());
    String account = ROOT + "/" + url.account();
    return state.exclusively(
        () -> {
          state.write(account, Json.object().put("name", url.account()));
          state.write(id(url), note);
          return note;
        });
  }

  private static String id(PublicUrl url) {
    String hash = HexFormat.of().formatHex(StandardHashes.sha256(url.toString()));
    return "%s/%s/laid/%s".formatted(ROOT, url.account(), hash);
  }

  /** All that is laid. */
  public List<Laid> list() {
    return state.list(ROOT).stream()
        .flatMap(account -> notes(account.path("name").asText()).stream())
        .map(this::laid)
        .toList();
  }

  private List<ObjectNode> notes(String account) {
    return state.list(ROOT + "/" + account + "/laid");
  }

  private static PublicUrl url(ObjectNode note) {
    return PublicUrl.of(note.path("url").asText()).orElseThrow();
  }

  private Laid laid(ObjectNode note) {
    PublicUrl url = url(note);
    List<Blob> found = at(url);
    return new Laid(
        url,
        found.size(),
        found.stream().mapToLong(Blob::size).sum(),
        Instant.parse(note.path("since").asText()),
        note.path(WHOLE).asBoolean());
  }

  /** The blobs at a URL: one, or those of a folder. */
  public List<Blob> at(PublicUrl url) {
    if (account(state, url.account()).isEmpty()
        || !blobs.hasContainer(url.account(), url.container())) {
      return List.of();
    }
    return blobs.list(url.account(), url.container(), url.path()).stream()
        .filter(b -> url.holds(new PublicUrl(url.account(), url.container(), b.name())))
        .toList();
  }

  /**
   * Removes what lies at a URL and below it.
   *
   * @return whether something was laid there
   */
  public boolean remove(PublicUrl url) {
    List<ObjectNode> gone =
        notes(url.account()).stream().filter(note -> url.holds(url(note))).toList();
    if (gone.isEmpty()) {
      return false;
    }
    at(url).forEach(b -> blobs.delete(url.account(), url.container(), b.name()));
    gone.forEach(note -> state.delete(id(url(note))));
    if (notes(url.account()).isEmpty()) {
      state.delete(ROOT + "/" + url.account());
    }
    return true;
  }

  /** Whether what lies at a URL was laid only in part. */
  public static boolean isPartial(StateTree state, PublicUrl url) {
    return state.list(ROOT + "/" + url.account() + "/laid").stream()
        .filter(note -> !note.path(WHOLE).asBoolean())
        .map(PublicData::url)
        .anyMatch(laid -> laid.holds(url) || url.holds(laid));
  }
}
