package mlops.emulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a {@link Filter}, from left to right. */
final class FilterParser {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:('(?:[^']|'')*')|([(),:])|([^\\s(),:']+))");
  private static final Set<String> OPERATORS = Set.of("eq", "ne", "in");
  private static final int MAX_DEPTH = 50;

  private final String text;
  private final String code;
  private final List<String> tokens = new ArrayList<>();
  private int at;
  private int depth;

  FilterParser(String text, String code) {
    this.text = text;
    this.code = code;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.lookingAt()) {
      tokens.add(matcher.group().strip());
      end = matcher.end();
      matcher.region(end, text.length());
    }
    if (!text.substring(end).isBlank()) {
      throw invalid();
    }
  }

  Filter parse() {
    Filter filter = or();
    if (at < tokens.size()) {
      throw invalid();
    }
    return filter;
  }

  private Filter or() {
    Filter left = and();
    while (take("or")) {
      left = new Filter.Or(left, and());
    }
    return left;
  }

  private Filter and() {
    Filter left = single();
    while (take("and")) {
      left = new Filter.And(left, single());
    }
    return left;
  }

  private Filter single() {
    if (++depth > MAX_DEPTH) {
      throw invalid();
    }
    try {
      if (take("not")) {
        return new Filter.Not(single());
      }
      if (take("(")) {
        Filter inner = or();
        expect(")");
        return inner;
      }
      return term();
    } finally {
      depth--;
    }
  }

  private Filter term() {
    String name = next();
    if (take("(")) {
      return name.endsWith("/any") ? any(name.substring(0, name.length() - 4)) : call(name);
    }
    String operator = next().toLowerCase(Locale.ROOT);
    if (!OPERATORS.contains(operator)) {
      throw invalid();
    }
    return operator.equals("in") ? in(name) : new Filter.Compare(name, operator, unquoted(next()));
  }

  private Filter in(String name) {
    expect("(");
    Filter any = new Filter.Compare(name, "eq", unquoted(next()));
    while (take(",")) {
      any = new Filter.Or(any, new Filter.Compare(name, "eq", unquoted(next())));
    }
    expect(")");
    return any;
  }

  private Filter any(String field) {
    String variable = next();
    expect(":");
    Filter each = or();
    expect(")");
    return new Filter.Any(field, variable, each);
  }

  private Filter call(String name) {
    List<String> arguments = new ArrayList<>();
    while (!take(")")) {
      arguments.add(unquoted(next()));
      take(",");
    }
    Filter call = new Filter.Call(name.toLowerCase(Locale.ROOT), List.copyOf(arguments));
    if (take("eq")) {
      return next().equals("true") ? call : new Filter.Not(call);
    }
    return call;
  }

  private boolean take(String token) {
    if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(token)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw invalid();
    }
  }

  private String next() {
    if (at >= tokens.size()) {
      throw invalid();
    }
    return tokens.get(at++);
  }

  private static String unquoted(String token) {
    return token.startsWith("'")
        ? token.substring(1, token.length() - 1).replace("''", "'")
        : token;
  }

  private ApiException invalid() {
    return ApiException.badRequest(
        code, "Invalid $filter '%s' specified in the query string.".formatted(text));
  }
}
