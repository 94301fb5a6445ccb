package mlops.emulator.ml.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;

/**
 * A size of virtual machines that clusters may have.
 *
 * @param family the short name of its family, such as {@code DSv2}
 * @param memory in GB
 */
record VmSize(String name, String family, int cores, double memory, int gpus) {

  /** As the list of sizes shows it, without prices: nothing here costs anything. */
  ObjectNode json() {
    ObjectNode size = Json.object().put("name", name);
    size.put("family", "standard" + family + "Family").put("vCPUs", cores).put("gpus", gpus);
    size.put("memoryGB", memory).put("osVhdSizeMB", 1_047_552).put("lowPriorityCapable", true);
    size.put("premiumIO", name.matches("Standard_(DS|[A-Z]+\\d+[a-z]*s_|M\\d+s).*"));
    size.putArray("supportedComputeTypes").add("AmlCompute");
    return size;
  }
}
