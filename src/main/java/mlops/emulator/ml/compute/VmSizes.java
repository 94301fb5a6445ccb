package mlops.emulator.ml.compute;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The sizes of virtual machines that clusters may have. */
final class VmSizes {
  static final VmSizes ALL = new VmSizes();

  private final Map<String, VmSize> sizes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private VmSizes() {
    add("Standard_D%d_v2", "Dv2", 1, 2, 3, 4, 5);
    add("Standard_DS%d_v2", "DSv2", 1, 2, 3, 4, 5);
    addByCores("Standard_D%d_v3", "Dv3", 4, 2, 4, 8, 16, 32, 64);
    addByCores("Standard_D%ds_v3", "DSv3", 4, 2, 4, 8, 16, 32, 64);
    addByCores("Standard_D%ds_v4", "DSv4", 4, 2, 4, 8, 16, 32, 64);
    addByCores("Standard_D%dds_v4", "DDSv4", 4, 2, 4, 8, 16, 32, 64);
    addByCores("Standard_D%ds_v5", "DSv5", 4, 2, 4, 8, 16, 32, 64);
    addByCores("Standard_E%ds_v3", "ESv3", 8, 2, 4, 8, 16, 32);
    addByCores("Standard_E%dds_v4", "EDSv4", 8, 2, 4, 8, 16, 32);
    addByCores("Standard_F%ds_v2", "FSv2", 2, 2, 4, 8, 16, 32, 64, 72);
    addByCores("Standard_M%ds", "MS", 16, 64, 128);
    put("Standard_E64s_v3", "ESv3", 64, 432, 0);
    put("Standard_E64ds_v4", "EDSv4", 64, 504, 0);
    for (int size = 1; size <= 4; size++) {
      put("Standard_DS1%d_v2".formatted(size), "DSv2", 1 << size, 7 << size, 0);
    }
    for (int gpus = 1; gpus <= 4; gpus *= 2) {
      put("Standard_NC%ds_v3".formatted(6 * gpus), "NCSv3", 6 * gpus, 112 * gpus, gpus);
    }
    put("Standard_NC4as_T4_v3", "NCASv3_T4", 4, 28, 1);
    put("Standard_NC8as_T4_v3", "NCASv3_T4", 8, 56, 1);
    put("Standard_NC16as_T4_v3", "NCASv3_T4", 16, 110, 1);
    put("Standard_NC64as_T4_v3", "NCASv3_T4", 64, 440, 4);
  }

  /** The size of this name, in any letters, if clusters may have it. */
  Optional<VmSize> find(String name) {
    return Optional.ofNullable(sizes.get(name));
  }

  /** All sizes by their names. */
  Collection<VmSize> all() {
    return sizes.values();
  }

  /** All names, as the message about a wrong one lists them. */
  String names() {
    return String.join(",", sizes.keySet());
  }

  /** The older series count their sizes: each has twice the cores of the one before. */
  private void add(String pattern, String family, int... counted) {
    for (int size : counted) {
      int cores = 1 << (size - 1);
      put(pattern.formatted(size), family, cores, 3.5 * cores, 0);
    }
  }

  private void addByCores(String pattern, String family, int memoryOfCore, int... cores) {
    for (int size : cores) {
      put(pattern.formatted(size), family, size, memoryOfCore * size, 0);
    }
  }

  private void put(String name, String family, int cores, double memory, int gpus) {
    sizes.put(name, new VmSize(name, family, cores, memory, gpus));
  }
}
