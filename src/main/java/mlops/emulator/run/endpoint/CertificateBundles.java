package mlops.emulator.run.endpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.serve.tls.MachineCertificates;

/**
 * Files of the certificates that a run trusts: those that it would trust anyway, and the embedded
 * Azure's.
 *
 * @param authority the certificate of the embedded Azure, in PEM form
 */
record CertificateBundles(JobFolder folder, String authority) {
  private static final List<String> VARIABLES =
      List.of("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE");

  /**
   * Writes them.
   *
   * @param given the variables of the run, which come first
   * @param machine those of the user of this machine
   * @return by the names of the variables that lead to them
   */
  Map<String, String> variables(Map<String, String> given, Map<String, String> machine)
      throws IOException {
    Map<Optional<Path>, String> written = new LinkedHashMap<>();
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : VARIABLES) {
      Optional<Path> own =
          Stream.of(given, machine)
              .map(all -> all.getOrDefault(name, ""))
              .filter(file -> !file.isEmpty())
              .findFirst()
              .map(folder.code()::resolve);
      if (own.isPresent() && !Files.isRegularFile(own.get())) {
        continue; // a folder, or nothing: it is as the user said
      }
      if (!written.containsKey(own)) {
        written.put(own, write("certificates-%d.pem".formatted(written.size()), own));
      }
      variables.put(name, written.get(own));
    }
    return variables;
  }

  private String write(String name, Optional<Path> own) throws IOException {
    Path file = folder.root().resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(own.isPresent() ? Files.readAllBytes(own.get()) : MachineCertificates.all());
      out.write('\n');
      out.write(authority.getBytes(StandardCharsets.US_ASCII));
    }
    return file.toString();
  }
}
