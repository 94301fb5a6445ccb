package mlops.features.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mlops.error.MlopsException;

/**
 * A table in a CSV or Parquet file, or in a folder of such files. Of CSV every value is text as it
 * is written; nothing is null, and {@code ""} is an empty text.
 *
 * @param what what it is to the user, such as {@code --observations}
 */
public record TableFile(String what, Path path, Format format) {
  /** The formats that are read and written. */
  public enum Format {
    CSV,
    PARQUET;

    /** As an extension. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A file by its extension.
   *
   * @throws MlopsException INVALID for another one
   */
  public static TableFile of(String what, Path path) {
    return new TableFile(what, path, format(what, path));
  }

  /** The format that an extension names. */
  public static Format format(String what, Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    for (Format format : Format.values()) {
      if (name.endsWith("." + format.word())) {
        return format;
      }
    }
    throw MlopsException.invalid(
        "%s %s is neither CSV nor Parquet by its name".formatted(what, path),
        "Name a file that ends in .csv or .parquet.");
  }

  /** What stands behind FROM. */
  public String relation() {
    String place = Sql.text(Files.isDirectory(path) ? path + "/**/*." + format.word() : path + "");
    return format == Format.PARQUET
        ? "read_parquet(%s)".formatted(place)
        : "read_csv(%s, auto_detect=false, header=true, allow_quoted_nulls=false, delim=',', quote='\"', escape='\"', columns={%s})"
            .formatted(place, Sql.list(header(), name -> Sql.text(name) + ": 'VARCHAR'"));
  }

  /**
   * Its columns in their order.
   *
   * @throws MlopsException INVALID where there is no file, or columns cannot be told apart
   */
  public List<FileColumn> columns(DuckDb database) {
    if (!Files.exists(path)) {
      throw MlopsException.invalid(
          "%s: there is no file %s".formatted(what, path), "Name one that exists.");
    }
    if (format == Format.CSV) {
      checkHeader();
    }
    return database.rows("DESCRIBE SELECT * FROM " + relation()).stream()
        .map(row -> new FileColumn(row.text("column_name"), row.text("column_type")))
        .toList();
  }

  /** Columns without a name, and two of one, would get other names without a word. */
  private void checkHeader() {
    Set<String> seen = new HashSet<>();
    int number = 0;
    for (String name : header()) {
      number++;
      String wrong = name.isEmpty() ? "no name" : "the name of an earlier one, " + name;
      if (name.isEmpty() || !seen.add(name.toLowerCase(Locale.ROOT))) {
        throw MlopsException.invalid(
            "%s: column %d of %s has %s".formatted(what, number, path, wrong),
            "Give each column a name of its own in the first line.");
      }
    }
  }

  /** The names in the first line: of a folder those in which all of its files agree. */
  private List<String> header() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> files =
          all.filter(
                  f -> Files.isRegularFile(f) && (f.equals(path) || f.toString().endsWith(".csv")))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw MlopsException.invalid(
            "%s: no CSV file is in %s".formatted(what, path), "Name a folder that holds some.");
      }
      List<String> names = header(files.get(0));
      for (Path other : files) {
        if (!header(other).equals(names)) {
          throw MlopsException.invalid(
              "%s: %s has other columns than %s".formatted(what, other, files.get(0)),
              "Write both with the same first line.");
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }

  private static List<String> header(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = Optional.ofNullable(reader.readLine()).orElse("");
      return cells(line.startsWith("\uFEFF") ? line.substring(1) : line);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
