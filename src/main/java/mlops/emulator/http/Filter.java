package mlops.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A {@code $filter} of OData, as far as Azure's clients send it: comparisons, {@code and}, {@code
 * or}, {@code not}, {@code in}, functions and {@code any}. Text compares without regard to case, as
 * ARM and Graph do.
 */
public sealed interface Filter {

  record And(Filter left, Filter right) implements Filter {}

  record Or(Filter left, Filter right) implements Filter {}

  record Not(Filter filter) implements Filter {}

  /** {@code field eq 'value'}; {@code operator} in lower case. */
  record Compare(String field, String operator, String value) implements Filter {}

  /** {@code name('argument', …)}; {@code name} in lower case, literals without their quotes. */
  record Call(String name, List<String> arguments) implements Filter {}

  /** {@code field/any(variable:filter)}. */
  record Any(String field, String variable, Filter filter) implements Filter {}

  /**
   * Reads a filter.
   *
   * @param code the error code of the service for a filter that it does not understand
   * @throws ApiException 400 with that code
   */
  static Filter parse(String text, String code) {
    return new FilterParser(text, code).parse();
  }

  /**
   * Whether something passes.
   *
   * @param fields the value of a field such as {@code properties/principalId}; of an array, any
   *     element counts
   * @param calls decides functions that are the service's own, such as {@code atScope()}
   */
  default boolean test(Function<String, JsonNode> fields, Predicate<Call> calls) {
    if (this instanceof And and) {
      return and.left().test(fields, calls) && and.right().test(fields, calls);
    }
    if (this instanceof Or or) {
      return or.left().test(fields, calls) || or.right().test(fields, calls);
    }
    if (this instanceof Not not) {
      return !not.filter().test(fields, calls);
    }
    if (this instanceof Any any) {
      return elements(fields.apply(any.field()))
          .anyMatch(e -> any.filter().test(name -> variable(any, e, name, fields), calls));
    }
    if (this instanceof Compare compare) {
      return compare(compare, fields.apply(compare.field()));
    }
    return call((Call) this, fields, calls);
  }

  /**
   * Asks that a filter names only what a service knows.
   *
   * @param fields in lower case; what is inside {@code any} is not looked at
   * @param functions in lower case, beside {@code startswith} and its like
   * @return this filter
   */
  default Filter requireKnown(
      Set<String> fields, Set<String> functions, Supplier<ApiException> otherwise) {
    boolean known =
        names()
            .allMatch(
                name ->
                    name.endsWith("()")
                        ? functions.contains(name.substring(0, name.length() - 2))
                        : fields.contains(name));
    if (!known) {
      throw otherwise.get();
    }
    return this;
  }

  /** The fields and, with {@code ()} behind them, the functions of a filter, in lower case. */
  default Stream<String> names() {
    if (this instanceof And and) {
      return Stream.concat(and.left().names(), and.right().names());
    }
    if (this instanceof Or or) {
      return Stream.concat(or.left().names(), or.right().names());
    }
    if (this instanceof Not not) {
      return not.filter().names();
    }
    if (this instanceof Call call) {
      int field = call.name().equals("substringof") ? 1 : 0;
      boolean text = List.of("startswith", "endswith", "substringof").contains(call.name());
      return Stream.of(
          text && call.arguments().size() == 2
              ? call.arguments().get(field).toLowerCase(Locale.ROOT)
              : call.name() + "()");
    }
    String field = this instanceof Any any ? any.field() : ((Compare) this).field();
    return Stream.of(field.toLowerCase(Locale.ROOT));
  }

  /** The value that the filter asks a field to equal, where it does. */
  default Optional<String> wanted(String field) {
    if (this instanceof And and) {
      return and.left().wanted(field).or(() -> and.right().wanted(field));
    }
    return this instanceof Compare compare
            && compare.field().equalsIgnoreCase(field)
            && compare.operator().equals("eq")
        ? Optional.of(compare.value())
        : Optional.empty();
  }

  private static JsonNode variable(
      Any any, JsonNode element, String name, Function<String, JsonNode> fields) {
    if (name.equals(any.variable())) {
      return element;
    }
    String prefix = any.variable() + "/";
    return name.startsWith(prefix)
        ? element.at("/" + name.substring(prefix.length()))
        : fields.apply(name);
  }

  private static boolean compare(Compare compare, JsonNode actual) {
    boolean nothing = actual.isMissingNode() || actual.isNull();
    boolean equal =
        compare.value().equals("null")
            ? nothing
            : elements(actual).anyMatch(e -> e.asText().equalsIgnoreCase(compare.value()));
    return compare.operator().equals("ne") != equal;
  }

  private static boolean call(Call call, Function<String, JsonNode> fields, Predicate<Call> calls) {
    List<String> arguments = call.arguments();
    if (arguments.size() == 2 && call.name().equals("startswith")) {
      return texts(fields.apply(arguments.get(0))).anyMatch(t -> t.startsWith(lower(arguments, 1)));
    }
    if (arguments.size() == 2 && call.name().equals("endswith")) {
      return texts(fields.apply(arguments.get(0))).anyMatch(t -> t.endsWith(lower(arguments, 1)));
    }
    if (arguments.size() == 2 && call.name().equals("substringof")) {
      return texts(fields.apply(arguments.get(1))).anyMatch(t -> t.contains(lower(arguments, 0)));
    }
    return calls.test(call);
  }

  private static String lower(List<String> arguments, int index) {
    return arguments.get(index).toLowerCase(Locale.ROOT);
  }

  private static Stream<String> texts(JsonNode node) {
    return elements(node).map(e -> e.asText().toLowerCase(Locale.ROOT));
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false);
    }
    return node.isMissingNode() || node.isNull() ? Stream.empty() : Stream.of(node);
  }
}
