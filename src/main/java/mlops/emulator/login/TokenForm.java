package mlops.emulator.login;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Request;
import mlops.emulator.http.Urls;

/** The parameters that a client posts to the token endpoint. */
record TokenForm(Map<String, String> values) {

  static TokenForm of(Request request) {
    return new TokenForm(Urls.query(request.body().toString()));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
  }

  TokenForm with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new TokenForm(more);
  }

  /** A parameter that must be there. */
  String need(String name) {
    return find(name).orElseThrow(() -> AuthErrors.missing(name));
  }
}
