package mlops.emulator.serve;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that hold a socket, as Linux shows them (proc(5)): whether all of them are the
 * user's own, or one of them may be a job's.
 *
 * @param processes the folder of all processes
 */
record SocketOwners(Path processes) {
  private static final Path PID_NAMESPACE = Path.of("ns", "pid");

  static SocketOwners here() {
    return new SocketOwners(Path.of("/proc"));
  }

  /**
   * Whether somebody is seen who holds the socket, and none who holds it works for a job: jobs run
   * in a PID namespace of their own where Linux gives one, and bear a mark in any case. A socket
   * that no process is seen to hold may be on its way from one to another.
   */
  boolean areOfUser(String inode) throws IOException {
    Path socket = Path.of("socket:[" + inode + "]");
    boolean seen = false;
    for (Path process : list(processes, "[0-9]*")) {
      if (holds(process, socket)) {
        seen = true;
        if (worksForJob(process, socket)) {
          return false;
        }
      }
    }
    return seen;
  }

  private static boolean holds(Path process, Path socket) {
    try {
      for (Path descriptor : list(process.resolve("fd"), "*")) {
        if (isLinkTo(descriptor, socket)) {
          return true;
        }
      }
    } catch (IOException hidden) {
      // it is over, or another user's; whose socket it is, is known before
    }
    return false;
  }

  private static boolean isLinkTo(Path descriptor, Path socket) {
    try {
      return Files.readSymbolicLink(descriptor).equals(socket);
    } catch (IOException closed) {
      return false;
    }
  }

  private boolean worksForJob(Path process, Path socket) {
    Path self = processes.resolve("self");
    try {
      return !namespace(process).equals(namespace(self))
          || JobMark.isIn(Files.readAllBytes(process.resolve("environ")));
    } catch (IOException hidden) {
      return holds(process, socket); // else it is over
    }
  }

  private static Path namespace(Path process) throws IOException {
    return Files.readSymbolicLink(process.resolve(PID_NAMESPACE));
  }

  private static List<Path> list(Path folder, String names) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
      entries.forEach(found::add);
    }
    return found;
  }
}
