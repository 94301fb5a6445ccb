package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementException;
import java.util.Set;
import mlops.error.MlopsException;

/** Azure keeps deleted workspaces and key vaults for a while, and with them their names. */
final class SoftDeleted {
  private static final Set<String> VAULT_CODES =
      Set.of("ConflictError", "VaultAlreadyExists", "VaultNameNotValid");

  /** The failure with a hint where a deleted thing holds the name; else as it came. */
  static RuntimeException explain(HttpResponseException e, String what, String name) {
    String code =
        e instanceof ManagementException m && m.getValue() != null ? m.getValue().getCode() : "";
    if (VAULT_CODES.contains(code)) {
      return MlopsException.failed(
          code,
          "%s %s cannot be created: %s".formatted(what, name, reason(e)),
          "A deleted vault keeps its name, and belongs to whoever deleted it. "
              + DeletedNames.wayOut(what + " " + name),
          e);
    }
    return e;
  }

  /** Azure's own sentence. */
  static String reason(HttpResponseException e) {
    return e instanceof ManagementException m && m.getValue() != null
        ? m.getValue().getMessage()
        : String.valueOf(e.getMessage());
  }

  private SoftDeleted() {}
}
