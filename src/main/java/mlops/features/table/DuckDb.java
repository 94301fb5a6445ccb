package mlops.features.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mlops.error.MlopsException;
import mlops.file.FolderTree;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own, in memory and, where that is not enough, in a folder that goes with it. It
 * loads nothing from a network. Its library is unpacked at each start, which takes about a second.
 */
public final class DuckDb implements AutoCloseable {
  private final Path folder;
  private final Connection connection;
  private final Thread interrupted;

  private DuckDb(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
    this.interrupted = new Thread(() -> delete(folder));
    Runtime.getRuntime().addShutdownHook(interrupted); // Ctrl-C leaves nothing behind
  }

  /**
   * Starts one.
   *
   * @param zone in which times without an offset are read
   */
  public static DuckDb start(ZoneId zone) {
    requireLibrary();
    Path folder = scratch();
    try {
      @Nullable Connection connection =
          new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
      DuckDb database =
          new DuckDb(folder, Optional.ofNullable(connection).orElseThrow(SQLException::new));
      database.set(zone);
      return database;
    } catch (SQLException | LinkageError e) {
      delete(folder);
      throw unavailable(e);
    }
  }

  private void set(ZoneId zone) {
    try {
      run("SET memory_limit = '50%'");
      run("SET temp_directory = " + Sql.text(folder.resolve("spill").toString()));
      run("SET autoinstall_known_extensions = false");
      run("SET autoload_known_extensions = false");
      run("SET TimeZone = " + Sql.text(zone.getId()));
    } catch (MlopsException e) {
      close();
      throw e;
    }
  }

  /** The driver would print a stack trace before it fails. */
  private static void requireLibrary() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system =
        name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macos" : "linux";
    boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
    String library = "/libduckdb_java.so_%s_%s".formatted(system, arm ? "arm64" : "amd64");
    if (DuckDBDriver.class.getResource(library) == null) {
      throw unavailable(new SQLException("it has no library " + library.substring(1)));
    }
  }

  private static MlopsException unavailable(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return MlopsException.failed(
        "DuckDbUnavailable",
        "DuckDB, which joins features, does not start on %s %s: %s"
            .formatted(
                System.getProperty("os.name"), System.getProperty("os.arch"), cause.getMessage()),
        "It runs on Linux and Windows, and on macOS with Apple's processors.",
        e);
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("mlops-features");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for what does not fit into memory", e);
    }
  }

  /** A place for a file that goes with the database. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  public void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** All rows, each by the names of its columns; for small answers. */
  public List<DuckDbRow> rows(String sql) {
    List<DuckDbRow> rows = new ArrayList<>();
    each(sql, rows::add);
    return rows;
  }

  /** Hands over one row after the other. */
  public void each(String sql, Consumer<DuckDbRow> to) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        to.accept(row(result));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static DuckDbRow row(ResultSet result) throws SQLException {
    Map<String, Optional<Object>> row = new LinkedHashMap<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      row.put(result.getMetaData().getColumnLabel(i), Optional.ofNullable(result.getObject(i)));
    }
    return new DuckDbRow(row);
  }

  /** The first row. */
  public DuckDbRow row(String sql) {
    return rows(sql).get(0);
  }

  /** The one number that a query gives; 0 for none. */
  public long number(String sql) {
    DuckDbRow row = row(sql);
    return row.number(row.values().keySet().iterator().next());
  }

  private static MlopsException failed(SQLException e) {
    String message = String.valueOf(e.getMessage());
    String said =
        message
            .lines()
            .filter(line -> !line.isBlank())
            .limit(3)
            .collect(Collectors.joining("; "))
            .replaceFirst("; LINE .*", "");
    String file = message.lines().filter(l -> l.strip().startsWith("file")).findFirst().orElse("");
    if (message.startsWith("Invalid Input Error") || message.startsWith("IO Error")) {
      return MlopsException.invalid(
          "A file cannot be read: %s %s"
              .formatted(said.replaceFirst("^[A-Za-z ]+ Error: ", ""), file.strip())
              .strip(),
          "Mend the file, or name another.");
    }
    boolean memory = message.startsWith("Out of Memory");
    return MlopsException.failed(
        memory ? "OutOfMemory" : "JoinFailed",
        "DuckDB says: " + said,
        memory
            ? "Take fewer rows at a time, or a machine with more memory."
            : "Check the files that are named, and the free space on the disk of temporary files.",
        e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      delete(folder);
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
  }

  private static void delete(Path folder) {
    try {
      FolderTree.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files are left in " + folder, e);
    }
  }
}
