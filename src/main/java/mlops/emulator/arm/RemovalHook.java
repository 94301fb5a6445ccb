package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What else must happen when a resource goes with its group. */
interface RemovalHook {

  /** Called under the lock of the state, before the documents are deleted. */
  void before(ObjectNode resource);

  /** Called under the lock of the state, when the documents are gone. */
  void after(ObjectNode resource);
}
