package mlops.profile;

import java.util.Optional;
import java.util.regex.Pattern;

/** Azure's rules for names, with the words that an error uses. */
enum NameRule {
  SUFFIX(1, 20, "[a-z0-9]+", "lower-case letters and digits"),
  ENVIRONMENT(
      1,
      20,
      "[a-z][a-z0-9]*(-[a-z0-9]+)*",
      "lower-case letters, digits and single -, a letter first"),
  SUBSCRIPTION(
      36,
      36,
      "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
      "a GUID, as `az account` shows"),
  LOCATION(2, 40, "[a-z][a-z0-9]+", "the short name of a region such as eastus2, in lower case"),
  RESOURCE_GROUP(1, 90, "[-\\w._()]*[-\\w_()]", "letters, digits, - _ . ( ), and no . at the end"),
  STORAGE_ACCOUNT(3, 24, "[a-z0-9]+", "lower-case letters and digits"),
  IDENTITY(3, 128, "[a-zA-Z0-9][-\\w]+", "letters, digits, - and _, a letter or digit first"),
  WORKSPACE(3, 33, "[a-zA-Z0-9][-\\w]+", "letters, digits, - and _, a letter or digit first"),
  REGISTRY(3, 33, "[a-zA-Z0-9][-\\w]+", "letters, digits, - and _, a letter or digit first"),
  CONTAINER(
      3,
      63,
      "[a-z0-9]+(-[a-z0-9]+)*",
      "lower-case letters, digits and single -, a letter or digit first and last"),
  ENDPOINT(
      3,
      32,
      "[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?",
      "letters, digits and -, a letter first, no - last"),
  MODEL(1, 255, "[a-zA-Z0-9][-\\w]*", "letters, digits, - and _, a letter or digit first"),
  DISPLAY_NAME(1, 255, ".+", "one line of text"),
  SPARK_MASTER(
      4,
      1024,
      "local(\\[[\\w*,]+])?|yarn|(spark|mesos|k8s)://\\S+",
      "local, spark://HOST:PORT, yarn or k8s://…, as spark-submit --master has it"),
  GITHUB_ENVIRONMENT(
      1, 255, "[^'\"`,;\\\\\\p{Cntrl}]+", "no quotes, commas, semicolons or backslashes"),
  BRANCH(1, 255, "[^\\s\\p{Cntrl}]+", "the name of a branch, or a pattern such as release/*"),
  REVIEWER(
      1,
      140,
      "[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?",
      "a login such as mona, or a team as ORG/TEAM"),
  BLOB(
      1,
      1024,
      "(?!(.*/)?\\.\\.?(/|$))[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*",
      "a path with / between folders, none first, and no . or .. among them");

  private final int min;
  private final int max;
  private final Pattern pattern;
  private final String characters;

  NameRule(int min, int max, String pattern, String characters) {
    this.min = min;
    this.max = max;
    this.pattern = Pattern.compile(pattern);
    this.characters = characters;
  }

  /** What is wrong with a name; empty where nothing is. */
  Optional<String> broken(String name) {
    int length = name.codePointCount(0, name.length());
    if (length < min || length > max) {
      String range = min == max ? Integer.toString(min) : min + " to " + max;
      return Optional.of("has %d characters, allowed are %s".formatted(length, range));
    }
    return pattern.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("breaks the rule: " + characters);
  }
}
