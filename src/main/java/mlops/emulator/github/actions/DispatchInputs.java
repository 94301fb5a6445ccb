package mlops.emulator.github.actions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The inputs of a dispatch, with those that nobody gave.
 *
 * @param mistake why they cannot be taken, in GitHub's words as far as these are known
 */
public record DispatchInputs(Map<String, String> values, Optional<String> mistake) {

  /** What was given for what is asked. */
  public static DispatchInputs of(List<RegisteredInput> asked, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> names = asked.stream().map(RegisteredInput::name).toList();
    List<String> unexpected = given.keySet().stream().filter(n -> !names.contains(n)).toList();
    if (!unexpected.isEmpty()) {
      String quoted = String.join("\", \"", unexpected);
      return refused("Unexpected inputs provided: [\"%s\"]".formatted(quoted));
    }
    for (RegisteredInput input : asked) {
      String value = given.getOrDefault(input.name(), usual(input));
      Optional<String> wrong = wrong(input, value, given.containsKey(input.name()));
      if (wrong.isPresent()) {
        return refused(wrong.get());
      }
      values.put(input.name(), value);
    }
    return new DispatchInputs(values, Optional.empty());
  }

  private static DispatchInputs refused(String mistake) {
    return new DispatchInputs(Map.of(), Optional.of(mistake));
  }

  /** Where a file has no default, a choice is its first option, and a boolean is false. */
  private static String usual(RegisteredInput input) {
    if (!input.standard().isEmpty()) {
      return input.standard();
    }
    return switch (input.type()) {
      case "boolean" -> "false";
      case "choice" -> input.options().stream().findFirst().orElse("");
      default -> "";
    };
  }

  private static Optional<String> wrong(RegisteredInput input, String value, boolean given) {
    if (input.required() && value.isEmpty()) {
      return Optional.of("Required input '%s' not provided".formatted(input.name()));
    }
    if (!given) {
      return Optional.empty();
    }
    boolean fits =
        switch (input.type()) {
          case "boolean" -> value.matches("true|false");
          case "number" -> value.matches("-?\\d+(\\.\\d+)?");
          case "choice" -> input.options().contains(value);
          default -> true;
        };
    if (fits) {
      return Optional.empty();
    }
    String kinds = input.type().equals("choice") ? "in the list of allowed values" : input.type();
    return Optional.of(
        "Provided value '%s' for input '%s' is not %s%s"
            .formatted(value, input.name(), input.type().equals("choice") ? "" : "a ", kinds));
  }
}
