package mlops.emulator.sweep;

import java.util.function.Supplier;

/**
 * Sobol's sequence of points, which cover a space more evenly than random ones: with the direction
 * numbers of Joe and Kuo (2008), in the order of Antonov and Saleev, each coordinate moved around
 * by an offset.
 */
final class SobolSequence implements Supplier<double[]> {
  private static final int BITS = 31;
  private static final double SCALE = 1.0 / (1L << BITS);

  /** The primitive polynomial of each coordinate but the first, then its initial numbers. */
  private static final int[][] NUMBERS = {
    {0, 1},
    {1, 1, 3},
    {1, 1, 3, 1},
    {2, 1, 1, 1},
    {1, 1, 1, 3, 3},
    {4, 1, 3, 5, 13},
    {2, 1, 1, 5, 5, 17},
    {4, 1, 1, 5, 5, 5},
    {7, 1, 1, 7, 11, 19},
    {11, 1, 1, 5, 1, 1},
    {13, 1, 1, 1, 3, 11},
    {14, 1, 3, 5, 5, 31},
    {1, 1, 3, 3, 9, 7, 49},
    {13, 1, 1, 1, 15, 21, 21},
    {16, 1, 3, 1, 13, 27, 49},
    {19, 1, 1, 1, 15, 7, 5},
    {22, 1, 3, 1, 15, 13, 25},
    {25, 1, 1, 5, 5, 19, 61},
    {1, 1, 3, 7, 11, 23, 15, 103},
    {4, 1, 3, 7, 13, 13, 15, 69}
  };

  /** How many coordinates a point may have. */
  static final int MOST = NUMBERS.length + 1;

  private final long[][] directions;
  private final long[] state;
  private final double[] offsets;
  private long given;

  /**
   * A sequence from its beginning.
   *
   * @param offsets what each coordinate is moved by, from 0 to below 1
   */
  SobolSequence(double[] offsets) {
    this.offsets = offsets.clone();
    directions = new long[offsets.length][];
    for (int i = 0; i < offsets.length; i++) {
      directions[i] = i == 0 ? halves() : directions(NUMBERS[i - 1]);
    }
    state = new long[offsets.length];
  }

  private static long[] halves() {
    long[] halves = new long[BITS];
    for (int i = 0; i < BITS; i++) {
      halves[i] = 1L << (BITS - 1 - i);
    }
    return halves;
  }

  private static long[] directions(int[] numbers) {
    int degree = numbers.length - 1;
    long[] all = new long[BITS];
    for (int i = 0; i < BITS; i++) {
      if (i < degree) {
        all[i] = (long) numbers[i + 1] << (BITS - 1 - i);
        continue;
      }
      all[i] = all[i - degree] ^ (all[i - degree] >> degree);
      for (int k = 1; k < degree; k++) {
        all[i] ^= ((numbers[0] >> (degree - 1 - k)) & 1) * all[i - k];
      }
    }
    return all;
  }

  @Override
  public double[] get() {
    double[] point = new double[state.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = (state[i] * SCALE + offsets[i]) % 1;
      state[i] ^= directions[i][Long.numberOfTrailingZeros(~given)];
    }
    given++;
    return point;
  }
}
