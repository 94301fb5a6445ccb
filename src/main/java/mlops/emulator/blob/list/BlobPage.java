package mlops.emulator.blob.list;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.BlobProperties;
import mlops.emulator.blob.store.ChangeStamp;
import mlops.emulator.blob.store.ContentHeaders;

/** Fills a page of List Blobs: names in their order, of each name its snapshots, then the blob. */
final class BlobPage {
  /** What stands for the blob itself behind the times of its snapshots. */
  private static final String BASE = "~";

  /** What is listed. */
  sealed interface Entry {
    boolean isFolder();
  }

  /** A name that ends in the delimiter, for all that start with it. */
  record Folder(String name) implements Entry {
    @Override
    public boolean isFolder() {
      return true;
    }
  }

  /** A blob, or its snapshot of a time. */
  record Item(Blob blob, String snapshot) implements Entry {
    @Override
    public boolean isFolder() {
      return blob.isDirectory();
    }

    String key() {
      return snapshot.isEmpty() ? BASE : snapshot;
    }
  }

  private final BlobIndex index;
  private final BlobQuery query;
  private final NavigableMap<String, Blob> blobs;
  private final List<Entry> entries = new ArrayList<>();
  private String next = "";

  private BlobPage(BlobIndex index, BlobQuery query) {
    this.index = index;
    this.query = query;
    NavigableMap<String, Blob> there = index.from(query.first());
    this.blobs = query.include().contains("uncommittedblobs") ? withUncommitted(there) : there;
  }

  static BlobPage of(BlobIndex index, BlobQuery query) {
    BlobPage page = new BlobPage(index, query);
    page.fill();
    return page;
  }

  List<Entry> entries() {
    return entries;
  }

  /** Where the next page starts; empty after the last. */
  String next() {
    return next;
  }

  private void fill() {
    String name = blobs.isEmpty() ? null : blobs.firstKey();
    while (name != null && name.startsWith(query.prefix()) && next.isEmpty()) {
      String folder = query.folder(name);
      if (!folder.isEmpty()) {
        add(new Folder(folder), name);
        name = blobs.ceilingKey(folder + Character.MAX_VALUE);
      } else {
        addAll(Objects.requireNonNull(blobs.get(name)));
        name = blobs.higherKey(name);
      }
    }
  }

  private void addAll(Blob blob) {
    String name = blob.name();
    if (blob.isDirectory() && query.delimiter().equals("/")) {
      if (!index.hasBelow(name)) {
        add(new Folder(name + "/"), name); // an empty one; others come with what is in them
      }
      return;
    }
    List<Item> items = new ArrayList<>();
    if (query.include().contains("snapshots")) {
      index.snapshots(name).forEach((at, snapshot) -> items.add(new Item(snapshot, at)));
    }
    items.add(new Item(blob, ""));
    for (Item item : items) {
      if (!name.equals(query.start()) || item.key().compareTo(query.startKey()) >= 0) {
        add(item, name + "\0" + item.key());
      }
    }
  }

  private void add(Entry entry, String place) {
    boolean wanted =
        switch (query.only()) {
          case "files" -> !entry.isFolder();
          case "directories" -> entry.isFolder();
          case "deleted" -> false;
          default -> true;
        };
    if (!wanted || !next.isEmpty()) {
      return;
    }
    if (entries.size() == query.limit()) {
      next = place;
    } else {
      entries.add(entry);
    }
  }

  private NavigableMap<String, Blob> withUncommitted(NavigableMap<String, Blob> there) {
    NavigableMap<String, Blob> all = new TreeMap<>(there);
    for (String name : index.uncommitted().tailMap(query.first(), true).keySet()) {
      all.putIfAbsent(name, uncommitted(name));
    }
    return all;
  }

  /** A blob of which there are only blocks that were never committed. */
  private static Blob uncommitted(String name) {
    return new Blob(
        name,
        Blob.Kind.BLOCK,
        Instant.EPOCH,
        new ChangeStamp("", Instant.EPOCH),
        BlobBytes.of(Path.of(""), 0),
        BlobProperties.of(ContentHeaders.ofType(""), Map.of()),
        Lease.NONE);
  }
}
