package mlops.cli;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The stages of the guide, in its order. */
enum Stage {
  BOOTSTRAP,
  TRAIN,
  PROMOTE_TEST,
  SCORE_TEST,
  PROMOTE_PROD,
  SCORE_PROD,
  COMPARE,
  REPORT;

  /** As users write it: {@code promote-test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a stage as users write it. */
  static final class Converter implements ITypeConverter<Stage> {
    @Override
    public Stage convert(String text) {
      return Arrays.stream(values())
          .filter(stage -> stage.toString().equalsIgnoreCase(text.replace('_', '-')))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no stage; they are, in order: %s".formatted(text, all())));
    }
  }

  static String all() {
    return Arrays.stream(values()).map(Stage::toString).collect(joining(", "));
  }
}
