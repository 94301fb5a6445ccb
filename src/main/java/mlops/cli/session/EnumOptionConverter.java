package mlops.cli.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** One of a few words, as users write them: {@code promote-test} for {@code PROMOTE_TEST}. */
public final class EnumOptionConverter {

  /** Lets a command line read all its choices in this way; its commands must be there already. */
  public static void applyTo(CommandLine line) {
    types(line).distinct().forEach(type -> register(line, type));
  }

  private static Stream<Class<?>> types(CommandLine line) {
    return Stream.concat(
        line.getCommandSpec().options().stream().map(OptionSpec::type).filter(Class::isEnum),
        line.getSubcommands().values().stream().flatMap(EnumOptionConverter::types));
  }

  private static <E> void register(CommandLine line, Class<E> type) {
    line.registerConverter(type, new Reader<>(type));
  }

  /** No lambda: one for an interface of picocli's crashes JDK 17 when the launcher archives it. */
  private record Reader<E>(Class<E> type) implements ITypeConverter<E> {
    @Override
    public E convert(String text) {
      return Arrays.stream(type.getEnumConstants())
          .filter(value -> word((Enum<?>) value).equalsIgnoreCase(text.replace('_', '-')))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'%s' is none of: %s".formatted(text, all(type))));
    }
  }

  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All words, in the order of their values. */
  public static String all(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(value -> word((Enum<?>) value))
        .collect(Collectors.joining(", "));
  }

  private EnumOptionConverter() {}
}
