package mlops.features;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.Waiting;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** A real Redis, where this machine has one: on a free loopback port, with a password. */
public final class RedisServer implements AutoCloseable {
  private static final String PASSWORD = "a secret of this test";

  private final Process process;
  private final int port;
  private final Path settings;

  private RedisServer(Process process, int port, Path settings) {
    this.process = process;
    this.port = port;
    this.settings = settings;
  }

  /** The program of Debian. */
  public static Optional<Path> program() {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public static RedisServer start(Path folder) throws IOException {
    return start(folder, "");
  }

  /** One that has what it answered, also after a kill. */
  public static RedisServer durable(Path folder) throws IOException {
    return start(folder, "appendonly yes\nappendfsync always\n");
  }

  private static RedisServer start(Path folder, String more) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path settings =
        Files.writeString(
            folder.resolve("redis.conf"),
            """
            bind 127.0.0.1
            port %d
            requirepass "%s"
            save ""
            dir %s
            %s"""
                .formatted(port, PASSWORD, folder, more));
    return start(settings, port);
  }

  private static RedisServer start(Path settings, int port) throws IOException {
    Process process =
        new ProcessBuilder(program().orElseThrow().toString(), settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(settings.resolveSibling("redis.log").toFile())
            .start();
    RedisServer server = new RedisServer(process, port, settings);
    Waiting.until(server::answers);
    return server;
  }

  /** The same again, at the same place, after it was closed. */
  public RedisServer again() throws IOException {
    return start(settings, port);
  }

  int port() {
    return port;
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("redis-server ended with " + process.exitValue());
    }
    try (RedisClient client = client()) {
      return client.ping().equals("PONG");
    } catch (JedisException e) {
      return false; // it is not there yet, or reads what it had
    }
  }

  public String address() {
    return place().replace("://", "://:%s@".formatted(PASSWORD.replace(" ", "%20")));
  }

  /** Without the password. */
  public String place() {
    return "redis://127.0.0.1:%d/0".formatted(port);
  }

  public String password() {
    return PASSWORD;
  }

  public RedisClient client() {
    return RedisClient.create(address());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
