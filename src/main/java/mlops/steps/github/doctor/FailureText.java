package mlops.steps.github.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a failed job or Entra said, as far as it is understood. Nothing of it is shown but what is
 * named here: logs hold tokens.
 */
record FailureText(String text) {
  private static final Pattern CODE = Pattern.compile("AADSTS\\d{4,9}");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "assertion subject:? '([^']+)'|subject claim - (\\S+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ISSUER =
      Pattern.compile("assertion issuer:? '([^']+)'|issuer - (\\S+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern AUDIENCE =
      Pattern.compile("assertion audience:? '([^']+)'|audience - (\\S+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern APPLICATION =
      Pattern.compile("Application with identifier '([0-9A-Za-z-]{1,64})'");
  private static final Pattern TEAM = Pattern.compile("[\\w.-]+/([\\w.-]+) cannot read ");
  private static final Pattern REPOSITORY =
      Pattern.compile("repo:([^@/:]+)(?:@\\d+)?/([^@:]+)(?:@\\d+)?:.*");
  private static final Pattern ENVIRONMENT = Pattern.compile(".*:environment:([^:]+)");

  /** What a subject is made of; a token that stands in its place is none. */
  private static final Pattern CLAIM = Pattern.compile("[\\w@/:%.*#-]{1,255}");

  private static final Pattern TOKEN = Pattern.compile("(gh[a-z]_|github_pat_|eyJ)[\\w.-]{20,}");

  /** The number of Entra's first refusal, such as {@code AADSTS700213}. */
  Optional<String> code() {
    return first(CODE);
  }

  boolean says(Pattern sign) {
    return sign.matcher(text).find();
  }

  /** For whom the token was; empty where that is not said, or masked. */
  String subject() {
    return claim(SUBJECT);
  }

  String issuer() {
    return claim(ISSUER);
  }

  String audience() {
    return claim(AUDIENCE);
  }

  /** The team that sees too little, by its slug. */
  Optional<String> team() {
    return first(TEAM).filter(t -> CLAIM.matcher(t).matches());
  }

  /** The client id that nobody has. */
  String application() {
    return claim(APPLICATION);
  }

  /** The environment in the subject. */
  String environment() {
    Matcher environment = ENVIRONMENT.matcher(subject());
    return environment.matches() ? environment.group(1).replace("%3A", ":") : "";
  }

  /** The repository in the subject, as {@code OWNER/NAME}. */
  Optional<String> repository() {
    return repository(subject());
  }

  static Optional<String> repository(String subject) {
    Matcher repository = REPOSITORY.matcher(subject);
    return repository.matches()
        ? Optional.of(repository.group(1) + "/" + repository.group(2))
        : Optional.empty();
  }

  private String claim(Pattern pattern) {
    return first(pattern)
        .filter(c -> CLAIM.matcher(c).matches() && !TOKEN.matcher(c).find())
        .orElse("");
  }

  /** The first group that is there, of the first place that matches; the whole where none is. */
  private Optional<String> first(Pattern pattern) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      return Optional.empty();
    }
    return Stream.iterate(1, g -> g <= found.groupCount(), g -> g + 1)
        .flatMap(g -> Stream.ofNullable(found.group(g)))
        .findFirst()
        .or(() -> Optional.of(found.group()));
  }
}
