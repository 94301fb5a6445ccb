package mlops.emulator.blob.tag;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;

/** Reads expressions about tags; {@code AND} binds closer than {@code OR}. */
final class TagExpressionParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:\"([^\"]*)\"|'((?:[^']|'')*)'|(@?[A-Za-z_][A-Za-z0-9_]*)|(<>|>=|<=|=|>|<))\\s*");

  private enum Kind {
    QUOTED_KEY,
    VALUE,
    WORD,
    OPERATOR
  }

  private record Token(Kind kind, String text) {
    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
  }

  private final List<Token> tokens = new ArrayList<>();
  private final boolean search;
  private final Supplier<ApiException> malformed;
  private final Set<String> names = new LinkedHashSet<>();
  private int at;

  TagExpressionParser(String text, boolean search, Supplier<ApiException> malformed) {
    this.search = search;
    this.malformed = malformed;
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!token.find(end) || token.start() != end) {
        throw malformed.get();
      }
      tokens.add(token(token));
      end = token.end();
    }
  }

  private static Token token(Matcher found) {
    if (found.group(1) != null) {
      return new Token(Kind.QUOTED_KEY, found.group(1));
    }
    if (found.group(2) != null) {
      return new Token(Kind.VALUE, found.group(2).replace("''", "'"));
    }
    return found.group(3) != null
        ? new Token(Kind.WORD, found.group(3))
        : new Token(Kind.OPERATOR, found.group(4));
  }

  /**
   * The whole expression.
   *
   * @throws ApiException where it is none
   */
  TagExpression parse() {
    Predicate<Map<String, String>> test = all();
    return new TagExpression(Set.copyOf(names), test);
  }

  private Predicate<Map<String, String>> all() {
    Predicate<Map<String, String>> either = both();
    while (!search && at < tokens.size() && tokens.get(at).isWord("OR")) {
      at++;
      either = either.or(both());
    }
    if (at < tokens.size()) {
      throw malformed.get();
    }
    return either;
  }

  private Predicate<Map<String, String>> both() {
    Predicate<Map<String, String>> both = comparison();
    while (at < tokens.size() && tokens.get(at).isWord("AND")) {
      at++;
      both = both.and(comparison());
    }
    return both;
  }

  private Predicate<Map<String, String>> comparison() {
    Token key = next();
    String name = key.text();
    boolean container =
        key.kind() == Kind.WORD && name.toLowerCase(Locale.ROOT).equals(TagExpression.CONTAINER);
    boolean named = key.kind() == Kind.QUOTED_KEY || key.kind() == Kind.WORD;
    if (!named || (name.startsWith("@") && !(container && search))) {
      throw malformed.get();
    }
    String operator = next(Kind.OPERATOR);
    String value = next(Kind.VALUE);
    if (search && (operator.equals("<>") || (container && !operator.equals("=")))) {
      throw malformed.get();
    }
    String tag = container ? TagExpression.CONTAINER : name;
    names.add(tag);
    return tags -> {
      String is = tags.get(tag);
      return is != null && holds(is.compareTo(value), operator);
    };
  }

  private Token next() {
    if (at == tokens.size()) {
      throw malformed.get();
    }
    return tokens.get(at++);
  }

  private String next(Kind kind) {
    Token token = next();
    if (token.kind() != kind) {
      throw malformed.get();
    }
    return token.text();
  }

  private static boolean holds(int compared, String operator) {
    return switch (operator) {
      case "=" -> compared == 0;
      case "<>" -> compared != 0;
      case ">" -> compared > 0;
      case ">=" -> compared >= 0;
      case "<" -> compared < 0;
      default -> compared <= 0;
    };
  }
}
