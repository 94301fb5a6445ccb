package mlops.emulator.fault;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** Whose turn it is among the requests that match. */
public sealed interface FaultTurn {

  /** Each of them. */
  record Each() implements FaultTurn {}

  /** Those with these numbers, counted from 1 in the order they came. */
  record At(Set<Long> numbers) implements FaultTurn {}

  /** Each one whose number is a multiple. */
  record Every(long number) implements FaultTurn {}

  /**
   * A part of them, by chance.
   *
   * @param share above 0, at most 1
   */
  record Rate(double share) implements FaultTurn {}

  /**
   * Whether one fails.
   *
   * @param number among all that match
   * @param same its method and address with how often it came: chance goes by this and the seed
   *     alone, so that steps that run at the same time do not change what is hit
   */
  default boolean isDue(long number, long seed, String same) {
    if (this instanceof At at) {
      return at.numbers().contains(number);
    }
    if (this instanceof Every every) {
      return number % every.number() == 0;
    }
    return !(this instanceof Rate rate) || chance(seed, same) < rate.share();
  }

  /** From 0 to 1, evenly. */
  private static double chance(long seed, String same) {
    byte[] text = (seed + " " + same).getBytes(StandardCharsets.UTF_8);
    return (UUID.nameUUIDFromBytes(text).getLeastSignificantBits() & 0xFFFFFFFFFFFFL) / 0x1p48;
  }
}
