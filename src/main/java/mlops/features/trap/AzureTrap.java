package mlops.features.trap;

/**
 * A place where Azure's own code (azureml-featurestore 1.2.2) leaks or loses values, by the number
 * that the project's reference gives it.
 */
public enum AzureTrap {
  KEYS_RUN_TOGETHER(1, "keys are joined without a separator: one key's value is given to another"),
  TIED_WRITES(2, "online, values tied at one second are overwritten, or not, by chance"),
  NULL_AS_TEXT(3, "online, null is kept as the text None, which reading stumbles over"),
  WHOLE_SECONDS(4, "online, the order of values within a second is lost"),
  NO_EXPIRY(5, "online, a value without a lookback gets the epoch time as its life"),
  KEYS_SHARE_A_NAME(6, "online, key texts are joined by a colon: two keys can share one record"),
  ON_THE_FLY(7, "features computed on the fly ignore create_timestamp and source_delay"),
  EXPIRES_AT_LOOKBACK(8, "online, a value ends at the very age at which the join still takes it"),
  NO_CORRECTION(9, "online, a corrected value of the same second never arrives"),
  SHORT_LONGS(10, "online, one long of 2^31 or more fails the materialization"),
  ZERO_LOOKBACK(
      11, "a lookback of zero is another join: it multiplies rows, and nothing is online"),
  OTHER_TIME_COLUMN(12, "rows that share the second time column get one value, also a future one"),
  TEXT_TIMES(
      13, "times that are texts or dates are cut off by the greatest text: matches are lost"),
  VERSIONS_AS_ONE(14, "features of two versions of a set are read from one of them"),
  NULL_KEY(15, "online, a null key is kept under None; the join gives it no value"),
  CUT_WINDOWS(16, "code without source_lookback: the first windows of each run are too small"),
  HALF_MATERIALIZED(17, "what is not materialized yet is missing without a word"),
  TIES(18, "rows of one key and time without create_timestamp: either value, by chance"),
  OTHER_DUPLICATES(19, "to_spark_dataframe(dedup=True) keeps rows that materialization drops"),
  CALENDAR_DAYS(20, "24 hours are a calendar day of the session's zone: 23 or 25 twice a year"),
  ENTITY_TIMESTAMP(21, "an observation column entity_timestamp is overwritten"),
  GUESSED_TYPES(22, "a CSV source is read with guessed types: 07 becomes 7, empty text null");

  /** Its number in the project's reference, 1 to 22. */
  public final int number;

  /** What happens. */
  public final String words;

  AzureTrap(int number, String words) {
    this.number = number;
    this.words = words;
  }
}
