package mlops.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a plain scalar is, as PyYAML decides it, by which Azure's own client reads its files: {@code
 * 1e3} is a text there and {@code 1:30} a number (resolver.py of PyYAML 6).
 */
final class PyYamlResolver extends Resolver {
  private static final String DIGITS = "0123456789";

  private static final Pattern FLOATS =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private static final Pattern INTEGERS =
      Pattern.compile(
          "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");

  private static final Pattern DATES =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, whole(BOOL), "yYnNtTfFoO");
    addImplicitResolver(Tag.FLOAT, whole(FLOATS), "-+." + DIGITS);
    addImplicitResolver(Tag.INT, whole(INTEGERS), "-+" + DIGITS);
    addImplicitResolver(Tag.MERGE, MERGE, "<");
    addImplicitResolver(Tag.NULL, NULL, "~nN\0");
    addImplicitResolver(Tag.NULL, EMPTY, null);
    addImplicitResolver(Tag.TIMESTAMP, whole(DATES), DIGITS);
    addImplicitResolver(new Tag(Tag.PREFIX + "value"), VALUE, "=");
  }

  private static Pattern whole(Pattern pattern) {
    return Pattern.compile("^(?:" + pattern.pattern() + ")$");
  }
}
