package mlops.workflow.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of an expression, taken one after the other. */
final class ExpressionTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<number>[-+]?(?:0[xX][0-9a-fA-F]+|0o[0-7]+|\\.?\\d[\\d.]*(?:[eE][-+]?\\d+)?))"
              + "|(?<text>'(?:[^']|'')*')"
              + "|(?<name>[A-Za-z_][A-Za-z0-9_-]*)"
              + "|(?<sign><=|>=|==|!=|&&|\\|\\||[<>!()\\[\\].,*]))\\s*");

  /** What a token is. */
  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    SIGN,
    END
  }

  /** One of them; a text without its quotes. */
  record Token(Kind kind, String text) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  private final String whole;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  ExpressionTokens(String whole) {
    this.whole = whole;
    Matcher matcher = TOKEN.matcher(whole);
    int at = 0;
    while (at < whole.length() && !whole.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw wrong("has an unexpected %s".formatted(whole.substring(at).strip().substring(0, 1)));
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
  }

  private static Token token(Matcher matcher) {
    for (Kind kind : List.of(Kind.NUMBER, Kind.NAME, Kind.SIGN)) {
      String found = matcher.group(kind.name().toLowerCase(Locale.ROOT));
      if (found != null) {
        return new Token(kind, found);
      }
    }
    String quoted = matcher.group("text");
    return new Token(Kind.TEXT, quoted.substring(1, quoted.length() - 1).replace("''", "'"));
  }

  Token peek() {
    return next < tokens.size() ? tokens.get(next) : new Token(Kind.END, "");
  }

  Token take() {
    Token token = peek();
    next++;
    return token;
  }

  /** Takes a sign if it comes next. */
  boolean takes(String sign) {
    boolean there = peek().is(sign);
    next += there ? 1 : 0;
    return there;
  }

  void require(String sign) {
    if (!takes(sign)) {
      throw wrong(
          peek().kind() == Kind.END
              ? "ends where a %s is missing".formatted(sign)
              : "has a %s where a %s is missing".formatted(peek().text(), sign));
    }
  }

  IllegalExpression wrong(String what) {
    return new IllegalExpression("the expression %s %s".formatted(whole.strip(), what), "");
  }
}
