package mlops.emulator.blob.acl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.emulator.blob.acl.AclEntry.Who;

/**
 * An access control list: of the path itself, and of a directory what its children get.
 *
 * @param entries in the order in which they are written
 */
public record AccessList(List<AclEntry> entries) {
  private static final int MOST = 32;
  private static final Pattern ENTRY =
      Pattern.compile("(?i)(default:)?(user|group|mask|other)(?::([^:]*)(?::([r-][w-][x-]))?)?");
  private static final Comparator<AclEntry> ORDER =
      Comparator.comparing(AclEntry::isDefault)
          .thenComparing(AclEntry::who)
          .thenComparing(AclEntry::name);

  /**
   * Reads a header.
   *
   * @param removing whether entries are named to be removed, and so say nothing of permissions
   * @return nothing where it is no list
   */
  public static Optional<AccessList> parse(String text, boolean removing) {
    List<AclEntry> entries = new ArrayList<>();
    for (String part : text.split(",")) {
      Matcher form = ENTRY.matcher(part.strip());
      if (!form.matches() || (form.group(4) == null) != removing) {
        return Optional.empty();
      }
      AclEntry entry = entry(form);
      boolean nameless = entry.who() == Who.MASK || entry.who() == Who.OTHER;
      if ((nameless && entry.isNamed()) || entries.stream().anyMatch(entry::isAbout)) {
        return Optional.empty();
      }
      entries.add(entry);
    }
    AccessList list = new AccessList(entries);
    return list.in(false).size() > MOST || list.in(true).size() > MOST
        ? Optional.empty()
        : Optional.of(list);
  }

  private static AclEntry entry(Matcher form) {
    String letters = form.group(4) == null ? "---" : form.group(4);
    int bits = Rwx.mode("------" + letters).orElseThrow();
    String name = form.group(3) == null ? "" : form.group(3);
    Who who = Who.valueOf(form.group(2).toUpperCase(Locale.ROOT));
    return new AclEntry(form.group(1) != null, who, name, bits);
  }

  /** The list that says what the bits of three classes say. */
  static AccessList of(int mode) {
    return new AccessList(
        List.of(
            new AclEntry(false, Who.USER, "", mode >> 6 & 7),
            new AclEntry(false, Who.GROUP, "", mode >> 3 & 7),
            new AclEntry(false, Who.OTHER, "", mode & 7)));
  }

  /** The entries of the path itself, or of its children. */
  List<AclEntry> in(boolean ofDefault) {
    return entries.stream().filter(e -> e.isDefault() == ofDefault).toList();
  }

  Optional<AclEntry> find(boolean ofDefault, Who who) {
    return in(ofDefault).stream().filter(e -> e.who() == who && !e.isNamed()).findFirst();
  }

  int bits(Who who, int otherwise) {
    return find(false, who).map(AclEntry::bits).orElse(otherwise);
  }

  /** Whether owner, group and other all have an entry, as a list must have that replaces one. */
  public boolean isWhole() {
    return find(false, Who.USER).isPresent()
        && find(false, Who.GROUP).isPresent()
        && find(false, Who.OTHER).isPresent();
  }

  public boolean hasDefaults() {
    return !in(true).isEmpty();
  }

  /** Whether three classes do not say all of it. */
  boolean isExtended() {
    return hasDefaults() || entries.stream().anyMatch(e -> e.isNamed() || e.who() == Who.MASK);
  }

  /** What a file can have of it. */
  public AccessList withoutDefaults() {
    return new AccessList(in(false));
  }

  /** With these entries, in the place of those about the same. */
  public AccessList modified(AccessList changes) {
    AccessList kept = without(e -> changes.entries.stream().anyMatch(e::isAbout));
    for (boolean scope : new boolean[] {false, true}) {
      boolean masked = changes.find(scope, Who.MASK).isPresent();
      if (!masked && !changes.in(scope).isEmpty()) {
        kept = kept.without(e -> e.isDefault() == scope && e.who() == Who.MASK);
      }
    }
    List<AclEntry> all = new ArrayList<>(kept.entries);
    all.addAll(changes.entries);
    return new AccessList(all).completed();
  }

  /** Without the entries about these; those of owner, group and other stay. */
  public AccessList removed(AccessList gone) {
    AccessList kept =
        without(
            e ->
                gone.entries.stream().anyMatch(e::isAbout)
                    && (e.isDefault() || e.isNamed() || e.who() == Who.MASK));
    for (boolean scope : new boolean[] {false, true}) {
      if (kept.in(scope).stream().noneMatch(AclEntry::isNamed)) {
        kept = kept.without(e -> e.isDefault() == scope && e.who() == Who.MASK);
      }
    }
    return kept.completed();
  }

  AccessList without(Predicate<AclEntry> gone) {
    return new AccessList(entries.stream().filter(gone.negate()).toList());
  }

  /** With what follows from the rest: masks where others are named, and whole defaults. */
  public AccessList completed() {
    List<AclEntry> all = new ArrayList<>(entries);
    if (hasDefaults()) {
      for (Who who : List.of(Who.USER, Who.GROUP, Who.OTHER)) {
        if (find(true, who).isEmpty()) {
          all.add(new AclEntry(true, who, "", bits(who, 0)));
        }
      }
    }
    AccessList whole = new AccessList(all);
    for (boolean scope : new boolean[] {false, true}) {
      List<AclEntry> named = whole.in(scope).stream().filter(AclEntry::isNamed).toList();
      if (!named.isEmpty() && whole.find(scope, Who.MASK).isEmpty()) {
        int group = whole.find(scope, Who.GROUP).map(AclEntry::bits).orElse(0);
        int mask = named.stream().mapToInt(AclEntry::bits).reduce(group, (a, b) -> a | b);
        all.add(new AclEntry(scope, Who.MASK, "", mask));
      }
    }
    return new AccessList(all.stream().sorted(ORDER).toList());
  }

  public String text() {
    return entries.stream().map(AclEntry::text).collect(Collectors.joining(","));
  }
}
