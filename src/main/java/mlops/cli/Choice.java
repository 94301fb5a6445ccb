package mlops.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import mlops.profile.Profile;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of a few words as users write them: {@code promote-test} for {@code PROMOTE_TEST}. */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  private Choice(Class<E> type) {
    this.type = type;
  }

  /** Lets a command line read all its choices in this way; its commands must be there already. */
  static void applyTo(CommandLine line) {
    add(line, TargetOption.class);
    add(line, Stage.class);
    add(line, Profile.Cloud.class);
    add(line, GlobalOptions.Output.class);
    add(line, LocalEnvCommand.Shell.class);
  }

  private static <E extends Enum<E>> void add(CommandLine line, Class<E> type) {
    line.registerConverter(type, new Choice<>(type));
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> word(value).equalsIgnoreCase(text.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'%s' is none of: %s".formatted(text, all(type))));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All words, in the order of their values. */
  static <E extends Enum<E>> String all(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Choice::word)
        .collect(Collectors.joining(", "));
  }
}
