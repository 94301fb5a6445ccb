package mlops.emulator.login;

import java.util.List;
import mlops.emulator.login.directory.Federation;
import mlops.emulator.login.directory.Principal;

/** An application that asks for a token for itself, and whose tokens may act as it. */
record Client(String id, Principal principal, List<Federation> federations) {}
