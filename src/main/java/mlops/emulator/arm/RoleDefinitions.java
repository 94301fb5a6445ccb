package mlops.emulator.arm;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mlops.emulator.http.Json;

/** Microsoft.Authorization/roleDefinitions: the built-in roles that matter here. */
final class RoleDefinitions {
  private final List<RoleDefinition> roles;

  private RoleDefinitions(List<RoleDefinition> roles) {
    this.roles = roles;
  }

  static RoleDefinitions builtIn() {
    try (InputStream file = RoleDefinitions.class.getResourceAsStream("roles.json")) {
      return new RoleDefinitions(
          Json.MAPPER.readValue(
              Objects.requireNonNull(file), new TypeReference<List<RoleDefinition>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<RoleDefinition> all() {
    return roles;
  }

  /** By GUID, or by the id that ends in it. */
  Optional<RoleDefinition> find(String id) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    return roles.stream().filter(r -> r.name().equalsIgnoreCase(name)).findFirst();
  }
}
