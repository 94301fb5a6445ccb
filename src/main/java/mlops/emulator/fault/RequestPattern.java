package mlops.emulator.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.emulator.http.Request;

/**
 * Which requests a fault is for.
 *
 * @param method in capitals, or {@code *} for each
 * @param host a glob, or {@code *} for each
 * @param path a glob of the whole path, without the query
 */
public record RequestPattern(String method, Pattern host, Pattern path) {
  private static final String ANY = "*";

  /**
   * Of a method and where it goes: {@code /subscriptions/*} or {@code *}{@code /jobs/*} is a path
   * on any host, {@code *.blob.core.windows.net/*} begins with a host, for its first part has a
   * dot. {@code *} stands for any text, slashes too; capitals do not count.
   */
  public static RequestPattern of(String method, String where) {
    int slash = where.indexOf('/');
    String first = slash < 0 ? where : where.substring(0, slash);
    boolean named = first.contains(".");
    String path = !named ? where : slash < 0 ? ANY : where.substring(slash);
    return new RequestPattern(
        method.toUpperCase(Locale.ROOT), glob(named ? first : ANY), glob(path));
  }

  boolean matches(Request request) {
    return (method.equals(ANY) || method.equals(request.method()))
        && host.matcher(request.host()).matches()
        && path.matcher(request.armPath()).matches();
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }
}
