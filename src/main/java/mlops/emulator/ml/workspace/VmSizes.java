package mlops.emulator.ml.workspace;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The virtual machine sizes that clusters may have, and how many cores each has. */
final class VmSizes {
  private final Map<String, Integer> cores = new TreeMap<>();

  VmSizes() {
    add("STANDARD_D%d_V2", 1, 2, 3, 4, 5);
    add("STANDARD_DS%d_V2", 1, 2, 3, 4, 5);
    addByCores("STANDARD_D%d_V3", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_D%dS_V3", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_D%dS_V4", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_D%dDS_V4", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_D%dS_V5", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_E%dS_V3", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_E%dDS_V4", 2, 4, 8, 16, 32, 64);
    addByCores("STANDARD_F%dS_V2", 2, 4, 8, 16, 32, 64, 72);
    addByCores("STANDARD_M%dS", 64, 128);
    addByCores("STANDARD_NC%dS_V3", 6, 12, 24);
    addByCores("STANDARD_NC%dAS_T4_V3", 4, 8, 16, 64);
    cores.put("STANDARD_DS11_V2", 2);
    cores.put("STANDARD_DS12_V2", 4);
    cores.put("STANDARD_DS13_V2", 8);
    cores.put("STANDARD_DS14_V2", 16);
  }

  /** How many cores a machine of this size has, if clusters may have it. */
  Optional<Integer> cores(String size) {
    return Optional.ofNullable(cores.get(size.toUpperCase(Locale.ROOT)));
  }

  /** All sizes, as the message about a wrong one lists them. */
  String all() {
    return String.join(",", cores.keySet());
  }

  Map<String, Integer> byName() {
    return cores;
  }

  /** The older series count their sizes: each has twice the cores of the one before. */
  private void add(String pattern, int... sizes) {
    for (int size : sizes) {
      cores.put(pattern.formatted(size), 1 << (size - 1));
    }
  }

  private void addByCores(String pattern, int... sizes) {
    for (int size : sizes) {
      cores.put(pattern.formatted(size), size);
    }
  }
}
