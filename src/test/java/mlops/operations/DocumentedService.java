package mlops.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.Shared;
import mlops.openapi.DocumentedOperation;

/**
 * What a folder of Microsoft's documents describes, such as {@code Microsoft.Storage}: of each
 * document the newest version that is in the repository.
 */
record DocumentedService(String name, List<DocumentedOperation> operations) {
  private static final Pattern DOCUMENT =
      Pattern.compile(".*/([^/]+)/(?:stable|preview)/([^/]+)/([^/]+)\\.json");

  static List<DocumentedService> all() {
    SortedMap<String, SortedMap<String, Path>> services = new TreeMap<>();
    for (Path file : documents()) { // in the order of their versions
      Matcher parts = DOCUMENT.matcher(file.toString().replace('\\', '/'));
      if (parts.matches()) {
        services.computeIfAbsent(parts.group(1), name -> new TreeMap<>()).put(parts.group(3), file);
      }
    }
    List<DocumentedService> all = new ArrayList<>();
    services.forEach((name, files) -> all.add(new DocumentedService(name, operations(files))));
    return all;
  }

  private static List<Path> documents() {
    try (Stream<Path> files = Files.walk(Shared.path("openapi/specification"))) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<DocumentedOperation> operations(Map<String, Path> files) {
    Map<String, DocumentedOperation> byId = new LinkedHashMap<>();
    for (Path file : files.values()) {
      DocumentedOperation.in(file).forEach(operation -> byId.put(operation.id(), operation));
    }
    return List.copyOf(byId.values());
  }
}
