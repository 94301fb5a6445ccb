package mlops.cli.fault;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mlops.emulator.fault.FaultEffect;
import mlops.emulator.fault.FaultRule;
import mlops.emulator.fault.FaultTurn;
import mlops.emulator.fault.RequestPattern;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** One entry of {@code faults}: a map with {@code when}, whose turn it is, and one effect. */
record FaultEntry(YamlNode entry) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final List<String> TURNS = List.of("at", "rate", "every");
  private static final List<String> EFFECTS = List.of("answer", "drop", "delay", "kill", "corrupt");
  private static final Set<String> SIDES = Set.of("before", "after");
  private static final List<String> METHODS =
      List.of("*", "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE");

  /** The rule; empty where there is a mistake, which is noted. */
  Optional<FaultRule> rule() {
    entry.allow(Stream.of(List.of("when"), TURNS, EFFECTS).flatMap(List::stream).toList());
    Optional<RequestPattern> when = entry.required("when").flatMap(FaultEntry::pattern);
    Optional<FaultTurn> turn = turn();
    Optional<FaultEffect> effect = effect();
    return when.isPresent() && turn.isPresent() && effect.isPresent()
        ? Optional.of(new FaultRule(when.get(), turn.get(), effect.get(), entry.place().toString()))
        : Optional.empty();
  }

  private static Optional<RequestPattern> pattern(YamlNode node) {
    String text = node.asText().orElse("").strip();
    String[] words = text.split("\\s+");
    if (words.length != 2) {
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()),
          "write a method and a path, such as PUT */roleAssignments/*");
      return Optional.empty();
    }
    if (!METHODS.contains(words[0])) {
      node.mistake(
          "%s begins with %s, which is no method".formatted(node.name(), words[0]),
          SpellingSuggestion.hint(words[0], METHODS));
      return Optional.empty();
    }
    if (words[1].contains("?") || words[1].startsWith("http")) {
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()),
          "leave out https:// and the query: a host may come first, then the path");
      return Optional.empty();
    }
    return Optional.of(RequestPattern.of(words[0], words[1]));
  }

  private Optional<FaultTurn> turn() {
    return switch (the(TURNS, false)) {
      case "" -> Optional.of(new FaultTurn.Each());
      case "at" -> entry.at("at").flatMap(FaultEntry::numbers);
      case "rate" -> entry.at("rate").flatMap(FaultEntry::share);
      case "every" ->
          entry.at("every").flatMap(FaultEntry::count).<FaultTurn>map(FaultTurn.Every::new);
      default -> Optional.empty();
    };
  }

  private static Optional<FaultTurn> numbers(YamlNode node) {
    List<YamlNode> items = node.isList() ? node.items() : List.of(node);
    Set<Long> numbers = new HashSet<>();
    items.forEach(item -> count(item).ifPresent(numbers::add));
    if (items.isEmpty()) {
      node.mistake(node.name() + " names no request", "give numbers, counted from 1");
    }
    return numbers.isEmpty() ? Optional.empty() : Optional.of(new FaultTurn.At(numbers));
  }

  private static Optional<Long> count(YamlNode node) {
    Optional<Long> number = node.asInteger();
    if (number.filter(n -> n < 1).isPresent()) {
      node.mistake("%s is %s".formatted(node.name(), node.words()), "requests count from 1");
      return Optional.empty();
    }
    return number;
  }

  private static Optional<FaultTurn> share(YamlNode node) {
    Optional<Double> share = node.asNumber();
    if (share.filter(s -> !(s > 0 && s <= 1)).isPresent()) {
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()),
          "give a part of all, above 0 and at most 1, such as 0.2");
      return Optional.empty();
    }
    return share.map(FaultTurn.Rate::new);
  }

  private Optional<FaultEffect> effect() {
    String key = the(EFFECTS, true);
    Optional<YamlNode> value = entry.at(key);
    return switch (key) {
      case "answer" -> value.flatMap(YamlNode::asMap).flatMap(FaultEntry::answer);
      case "drop" -> value.flatMap(v -> v.oneOf(SIDES)).map(s -> new FaultEffect.Drop(after(s)));
      case "kill" -> value.flatMap(v -> v.oneOf(SIDES)).map(s -> new FaultEffect.Kill(after(s)));
      case "delay" -> value.flatMap(FaultEntry::duration).map(FaultEffect.Delay::new);
      case "corrupt" ->
          value.flatMap(v -> v.oneOf(Set.of("truncate"))).map(s -> new FaultEffect.Truncate());
      default -> Optional.empty();
    };
  }

  private static boolean after(String side) {
    return side.equals("after");
  }

  /** The one key of these that is there; a word that is no key where the entry is wrong. */
  private String the(List<String> keys, boolean needed) {
    List<String> found = keys.stream().filter(key -> entry.at(key).isPresent()).toList();
    if (found.size() > 1) {
      entry.mistakeAt(
          found.get(1),
          "%s and %s exclude each other in %s".formatted(found.get(0), found.get(1), entry.name()),
          "write two entries");
      return "several";
    }
    if (found.isEmpty() && needed) {
      entry.mistake(
          entry.name() + " does not say what goes wrong", "add one of " + String.join(", ", keys));
    }
    return found.isEmpty() ? "" : found.get(0);
  }

  private static Optional<FaultEffect> answer(YamlNode node) {
    node.allow("status", "code", "message", "headers");
    Optional<Long> status = node.required("status").flatMap(YamlNode::asInteger);
    if (status.filter(s -> s < 400 || s > 599).isPresent()) {
      node.mistakeAt("status", "the status is " + status.get(), "give a failure, 400 to 599");
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    node.map("headers")
        .ifPresent(
            map ->
                map.entries()
                    .forEach((name, v) -> v.asText().ifPresent(text -> headers.put(name, text))));
    String code = node.text("code").orElse("InjectedFault");
    String message = node.text("message").orElse("This failure was asked for by --faults.");
    return status.map(s -> new FaultEffect.Answer(s.intValue(), code, message, headers));
  }

  /** A time as ISO 8601 writes it, up to an hour. */
  static Optional<Duration> duration(YamlNode node) {
    Optional<String> text = node.asText();
    try {
      Optional<Duration> time = text.map(Duration::parse);
      if (time.filter(t -> t.isNegative() || t.compareTo(LONGEST) > 0).isEmpty()) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // told below, as times that are too long are
    }
    node.mistake(
        "%s is %s".formatted(node.name(), node.words()),
        "write a time of at most an hour, such as PT2S or PT1M30S");
    return Optional.empty();
  }
}
