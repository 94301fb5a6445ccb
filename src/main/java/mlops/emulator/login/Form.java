package mlops.emulator.login;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/** The parameters that a client posts to the token endpoint. */
record Form(Map<String, String> values) {

  static Form of(Request request) {
    return new Form(Urls.query(request.body().toString()));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
  }

  Form with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Form(more);
  }

  /** A parameter that must be there. */
  String need(String name) {
    return find(name).orElseThrow(() -> AuthErrors.missing(name));
  }
}
