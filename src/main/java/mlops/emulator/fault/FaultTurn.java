package mlops.emulator.fault;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** Whose turn it is among the requests that match. */
public sealed interface FaultTurn {

  /** Each of them. */
  record Each() implements FaultTurn {
    @Override
    public boolean isDue(long number, long seed, String same) {
      return true;
    }
  }

  /** Those with these numbers, counted from 1 in the order they came. */
  record At(Set<Long> numbers) implements FaultTurn {
    @Override
    public boolean isDue(long number, long seed, String same) {
      return numbers.contains(number);
    }
  }

  /** Each one whose number is a multiple. */
  record Every(long multiple) implements FaultTurn {
    @Override
    public boolean isDue(long number, long seed, String same) {
      return number % multiple == 0;
    }
  }

  /**
   * A part of them, by chance.
   *
   * @param share above 0, at most 1
   */
  record Rate(double share) implements FaultTurn {
    @Override
    public boolean isDue(long number, long seed, String same) {
      return chance(seed, same) < share;
    }

    /** From 0 to 1, evenly. */
    private static double chance(long seed, String same) {
      byte[] text = (seed + " " + same).getBytes(StandardCharsets.UTF_8);
      return (UUID.nameUUIDFromBytes(text).getLeastSignificantBits() & 0xFFFFFFFFFFFFL) / 0x1p48;
    }
  }

  /**
   * Whether one fails.
   *
   * @param number among all that match
   * @param same its method and address with how often it came: chance goes by this and the seed
   *     alone, so that steps that run at the same time do not change what is hit
   */
  boolean isDue(long number, long seed, String same);
}
