package mlops.cli.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * One of a few words, as users write them: {@code promote-test} for {@code PROMOTE_TEST}. It is
 * used at each start, where JDK 17 leaves a class of picocli out of the archive of classes if a
 * lambda refers to a method of it: hence the loops.
 */
public final class EnumOptionConverter {

  /** Lets a command line read all its choices in this way; its commands must be there already. */
  public static void applyTo(CommandLine line) {
    Set<Class<?>> types = new HashSet<>();
    collect(line, types);
    for (Class<?> type : types) {
      register(line, type);
    }
  }

  private static void collect(CommandLine line, Set<Class<?>> types) {
    for (ArgSpec one : line.getCommandSpec().args()) {
      if (one.type().isEnum()) {
        types.add(one.type());
      }
    }
    for (CommandLine subcommand : line.getSubcommands().values()) {
      collect(subcommand, types);
    }
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
