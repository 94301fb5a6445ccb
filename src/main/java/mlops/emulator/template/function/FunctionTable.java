package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mlops.emulator.http.ApiException;

/** The functions of the template language that depend on their arguments alone. */
public final class FunctionTable {
  static final int ANY = Integer.MAX_VALUE;

  /** Functions of Azure that need what is not here: zones, and files of parameters. */
  private static final Set<String> NOT_BUILT =
      Set.of(
          "pickzones",
          "tologicalzone",
          "tologicalzones",
          "tophysicalzone",
          "tophysicalzones",
          "externalinput");

  private final Map<String, Entry> functions = new HashMap<>();

  public FunctionTable() {
    TextFunctions.addTo(this);
    EncodingFunctions.addTo(this);
    CollectionFunctions.addTo(this);
    ObjectFunctions.addTo(this);
    NumberFunctions.addTo(this);
    LogicFunctions.addTo(this);
    DateFunctions.addTo(this);
    CidrFunctions.addTo(this);
  }

  private record Entry(
      String name, int least, int most, Function<Arguments, JsonNode> definition) {}

  /** A function by its name as Microsoft spells it, and how many arguments it takes. */
  void add(String name, int least, int most, Function<Arguments, JsonNode> definition) {
    functions.put(name.toLowerCase(Locale.ROOT), new Entry(name, least, most, definition));
  }

  /** Whether the language has a function of this name, in lower case. */
  public boolean has(String name) {
    return functions.containsKey(name);
  }

  /**
   * The failure of a name that is no function here.
   *
   * @return 501 for a function that Azure has, else 400 in its words
   */
  public static ApiException unknown(String name) {
    return NOT_BUILT.contains(name)
        ? TemplateErrors.notBuilt("the function '" + name + "'")
        : TemplateErrors.function(name);
  }

  /** Calls a function by its name in lower case. */
  public JsonNode call(String name, List<JsonNode> arguments) {
    Entry function = functions.get(name);
    if (function == null) {
      throw unknown(name);
    }
    requireCount(function.name(), function.least(), function.most(), arguments.size());
    Arguments given = new Arguments(function.name(), arguments);
    try {
      return function.definition().apply(given);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw given.invalid(String.valueOf(e.getMessage()));
    }
  }

  /** Asks that a function is called with as many arguments as it takes. */
  public static void requireCount(String name, int least, int most, int given) {
    if (given < least || given > most) {
      String right =
          least == most
              ? "" + least
              : most == ANY ? "%d or more" : "%d to %d".formatted(least, most);
      throw TemplateErrors.template(
          "Unable to evaluate template language function '%s': function requires %s argument(s) while %d were provided. Please see https://aka.ms/arm-functions for usage details."
              .formatted(name, right.formatted(least), given));
    }
  }
}
