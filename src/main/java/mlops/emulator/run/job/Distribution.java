package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/**
 * How a command becomes several processes that work together. All of them run on this machine, also
 * those of different instances.
 *
 * @param perInstance processes of an instance; of TensorFlow, workers and servers count instead
 */
record Distribution(Kind kind, int instances, int perInstance, int workers, int servers) {
  private static final String HERE = "127.0.0.1";

  /** What tells a process of its part. */
  enum Kind {
    NONE,
    PYTORCH,
    MPI,
    TENSORFLOW
  }

  /**
   * What a job or a node of a pipeline asks for.
   *
   * @throws JobFailure where it is nothing that runs here
   */
  static Distribution of(JsonNode distribution, JsonNode resources) {
    int instances = number(resources, 1, "instanceCount", "instance_count");
    Kind kind = kind(JobFields.text(distribution, "distributionType", "distribution_type", "type"));
    if (kind == Kind.NONE && instances > 1) {
      throw new JobFailure(
          "NotImplemented",
          "The embedded Azure does not run a command on %d instances without a distribution (resources.instance_count). Give it a distribution, such as pytorch, or one instance."
              .formatted(instances));
    }
    return new Distribution(
        kind,
        instances,
        number(distribution, 1, "processCountPerInstance", "process_count_per_instance"),
        number(distribution, instances, "workerCount", "worker_count"),
        number(distribution, 0, "parameterServerCount", "parameter_server_count"));
  }

  /** One process for whoever looks from outside, on some instances. */
  static Distribution across(int instances) {
    return new Distribution(Kind.NONE, instances, 1, instances, 0);
  }

  private static Kind kind(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "" -> Kind.NONE;
      case "pytorch" -> Kind.PYTORCH;
      case "mpi" -> Kind.MPI;
      case "tensorflow" -> Kind.TENSORFLOW;
      default ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure does not run jobs with a distribution of type '%s' yet."
                  .formatted(word));
    };
  }

  private static int number(JsonNode node, int otherwise, String... names) {
    String text = JobFields.text(node, names);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw JobFailure.user("'%s' is no number of instances or processes.".formatted(text));
    }
  }

  /** How many processes there are. */
  int processes() {
    return switch (kind) {
      case NONE -> 1;
      case PYTORCH, MPI -> instances * perInstance;
      case TENSORFLOW -> workers + servers;
    };
  }

  /** Whether the job goes on until this process ends: parameter servers end with the workers. */
  boolean isAwaited(int rank) {
    return kind != Kind.TENSORFLOW || rank < workers;
  }

  /** The name of the log of a process among the artifacts of its run, as on Azure. */
  String log(int rank) {
    int last = processes() - 1;
    if (last == 0) {
      return "user_logs/std_log.txt";
    }
    String digits = "%0" + Integer.toString(last).length() + "d";
    return "user_logs/std_log_process_" + digits.formatted(rank) + ".txt";
  }

  /** What each process finds in its environment, by its rank. */
  List<Map<String, String>> variables() {
    List<Map<String, String>> all = new ArrayList<>();
    List<Integer> ports = freePorts(kind == Kind.TENSORFLOW ? processes() : 1);
    for (int rank = 0; rank < processes(); rank++) {
      all.add(
          switch (kind) {
            case NONE -> Map.of();
            case PYTORCH -> pytorch(rank, ports.get(0));
            case MPI -> master(ports.get(0));
            case TENSORFLOW -> Map.of("TF_CONFIG", tensorflow(rank, ports));
          });
    }
    return all;
  }

  private Map<String, String> pytorch(int rank, int port) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("RANK", Integer.toString(rank));
    variables.put("WORLD_SIZE", Integer.toString(processes()));
    variables.put("LOCAL_RANK", Integer.toString(rank % perInstance));
    variables.put("LOCAL_WORLD_SIZE", Integer.toString(perInstance));
    variables.put("NODE_RANK", Integer.toString(rank / perInstance));
    variables.put("MASTER_ADDR", HERE);
    variables.put("MASTER_PORT", Integer.toString(port));
    return variables;
  }

  /** MPI itself tells the ranks; programs find the first node as on Azure. */
  private static Map<String, String> master(int port) {
    return Map.of("AZ_BATCH_MASTER_NODE", HERE + ":" + port, "AZ_BATCHAI_MPI_MASTER_NODE", HERE);
  }

  private String tensorflow(int rank, List<Integer> ports) {
    ObjectNode config = Json.object();
    ObjectNode cluster = config.putObject("cluster");
    for (int i = 0; i < ports.size(); i++) {
      cluster.withArray("/" + (i < workers ? "worker" : "ps")).add(HERE + ":" + ports.get(i));
    }
    boolean worker = rank < workers;
    config
        .putObject("task")
        .put("type", worker ? "worker" : "ps")
        .put("index", worker ? rank : rank - workers);
    config.put("environment", "cloud");
    return config.toString();
  }

  /** Ports that are free now, all different. */
  private static List<Integer> freePorts(int number) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < number; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return open.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.forEach(Distribution::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
