package mlops.features.online;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * An online store in one file: each record with its key, its event and creation to the microsecond,
 * and its values as JSON. Readers see what was there before a write or after it, also when the
 * writer is killed, and are not kept waiting by it.
 */
public final class SqliteStore implements OnlineStore {
  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS records (
        feature_set TEXT NOT NULL, key TEXT NOT NULL, event INTEGER NOT NULL, created INTEGER, "values" TEXT NOT NULL,
        PRIMARY KEY (feature_set, key)) WITHOUT ROWID
      """;
  private static final String PUT =
      """
      INSERT INTO records VALUES (?, ?, ?, ?, ?) ON CONFLICT (feature_set, key) DO UPDATE SET
        event = excluded.event, created = excluded.created, "values" = excluded."values"
      WHERE excluded.event > event
        OR excluded.event = event AND coalesce(excluded.created, -1e300) >= coalesce(created, -1e300)
      """;
  private static final String GET =
      "SELECT event, created, \"values\" FROM records WHERE feature_set = ? AND key = ?";

  private final Path file;
  private final Connection connection;
  private final PreparedStatement get;
  private final ReentrantLock one = new ReentrantLock();
  private final JsonValues json = new JsonValues();

  private SqliteStore(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.get = connection.prepareStatement(GET);
  }

  /** What is done with the database. */
  private interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Opens one, and makes it where there is none.
   *
   * @throws MlopsException FAILED where the file is no such store, or cannot be used
   */
  public static SqliteStore open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(60_000);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
      Connection connection = source.getConnection();
      try (Statement statement = connection.createStatement()) {
        statement.execute(SCHEMA);
        return new SqliteStore(file, connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw failed(file, e);
    }
  }

  private static MlopsException failed(Path file, Exception e) {
    return MlopsException.failed(
        "OnlineStoreFailed",
        "The online store %s cannot be used: %s".formatted(file, e.getMessage()),
        "Check the file and the space on its disk; materializing again makes it anew.",
        e);
  }

  private <T> T exclusively(Work<T> work) {
    one.lock();
    try {
      return work.run();
    } catch (SQLException e) {
      throw failed(file, e);
    } finally {
      one.unlock();
    }
  }

  @Override
  public long replace(OnlineTable table, long from, long to, Rows rows, long now) {
    return exclusively(
        () -> {
          connection.setAutoCommit(false);
          boolean done = false;
          try {
            clear(table, from, to);
            long count = put(table, rows);
            connection.commit();
            done = true;
            return count;
          } finally {
            if (!done) {
              connection.rollback();
            }
            connection.setAutoCommit(true);
          }
        });
  }

  private void clear(OnlineTable table, long from, long to) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM records WHERE feature_set = ? AND event >= ? AND event < ?")) {
      delete.setString(1, table.id());
      delete.setLong(2, from);
      delete.setLong(3, to);
      delete.executeUpdate();
    }
  }

  private long put(OnlineTable table, Rows rows) throws SQLException {
    List<SQLException> broken = new ArrayList<>();
    long[] count = {0};
    try (PreparedStatement put = connection.prepareStatement(PUT)) {
      rows.each(
          row -> {
            try {
              put.setString(1, table.id());
              put.setString(2, json.text(row.key()));
              put.setLong(3, row.event());
              put.setObject(4, row.created().orElse(null));
              put.setString(5, json.text(row.values()));
              count[0] += put.executeUpdate();
            } catch (SQLException e) {
              broken.add(e);
            }
          });
    }
    if (!broken.isEmpty()) {
      throw broken.get(0);
    }
    return count[0];
  }

  @Override
  public List<List<Object>> within(OnlineTable table, long from, long to) {
    return exclusively(
        () -> {
          List<List<Object>> keys = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT key FROM records WHERE feature_set = ? AND event >= ? AND event < ?")) {
            select.setString(1, table.id());
            select.setLong(2, from);
            select.setLong(3, to);
            ResultSet found = select.executeQuery();
            while (found.next()) {
              keys.add(key(found.getString(1), table));
            }
          }
          return keys;
        });
  }

  private List<Object> key(String text, OnlineTable table) {
    return OnlineKey.of(json.values(text, table.keys()), table).orElseThrow();
  }

  @Override
  public List<Optional<OnlineRow>> rows(OnlineTable table, List<? extends List<?>> keys) {
    return exclusively(
        () -> {
          List<Optional<OnlineRow>> rows = new ArrayList<>();
          for (List<?> key : keys) {
            Optional<List<Object>> whole = OnlineKey.of(key, table);
            rows.add(whole.isPresent() ? row(table, whole.get()) : Optional.empty());
          }
          return rows;
        });
  }

  private Optional<OnlineRow> row(OnlineTable table, List<Object> key) throws SQLException {
    get.setString(1, table.id());
    get.setString(2, json.text(key));
    try (ResultSet found = get.executeQuery()) {
      if (!found.next()) {
        return Optional.empty();
      }
      long created = found.getLong(2);
      Optional<Long> written = found.wasNull() ? Optional.empty() : Optional.of(created);
      @Nullable String text = found.getString(3);
      return Optional.of(
          new OnlineRow(
              key,
              found.getLong(1),
              written,
              json.values(Objects.requireNonNull(text), table.features())));
    }
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public void close() {
    exclusively(
        () -> {
          get.close();
          connection.close();
          return true;
        });
  }
}
