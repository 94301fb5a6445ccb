package mlops.html;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.azure.trace.TraceSecrets;

/**
 * A piece of a page. Texts become part of one by {@link #text} alone, or as parts of an element:
 * both escape them, show control characters as {@code \\u001b}, and mask secrets.
 *
 * @param markup HTML, whole elements
 */
public record Html(String markup) {
  public static final Html NOTHING = new Html("");

  private static final Set<String> VOID = Set.of("img", "meta", "link", "br");

  /** What would break a page, or turn the order of what stands behind it. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]");

  /** An attribute of an element. */
  public record Attribute(String name, String value) {}

  /** A text from anywhere. */
  public static Html text(Object any) {
    return new Html(escaped(any.toString()));
  }

  private static String escaped(String text) {
    String seen =
        UNSEEN
            .matcher(TraceSecrets.maskedUrl(text))
            .replaceAll(c -> "\\\\u%04x".formatted((int) c.group().charAt(0)));
    return seen.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  public static Attribute at(String name, Object value) {
    return new Attribute(name, value.toString());
  }

  /**
   * An element.
   *
   * @param parts attributes; pieces of a page; anything else is a text
   */
  public static Html el(String name, Object... parts) {
    StringBuilder attributes = new StringBuilder();
    StringBuilder content = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof Attribute a) {
        attributes.append(" %s=\"%s\"".formatted(a.name(), escaped(a.value())));
      } else {
        content.append(part instanceof Html html ? html.markup() : escaped(part.toString()));
      }
    }
    String start = "<" + name + attributes + ">";
    return new Html(VOID.contains(name) ? start : start + content + "</" + name + ">");
  }

  public static Html all(Html... pieces) {
    return all(Stream.of(pieces));
  }

  public static Html all(List<Html> pieces) {
    return all(pieces.stream());
  }

  public static Html all(Stream<Html> pieces) {
    return new Html(pieces.map(Html::markup).collect(Collectors.joining("\n")));
  }

  /** A paragraph that says there is nothing, and what would be there. */
  public static Html none(String text) {
    return el("p", at("class", "none"), text);
  }

  /** Texts as a list that a reader of a screen announces as one. */
  public static Html list(String kind, Stream<Html> items) {
    return el("ul", at("class", kind), all(items.map(item -> el("li", item))));
  }

  /** A text that is wider than it is read, such as the hash of a file. */
  public static Html code(Object text) {
    return el("code", text);
  }

  public boolean isEmpty() {
    return markup.isEmpty();
  }
}
