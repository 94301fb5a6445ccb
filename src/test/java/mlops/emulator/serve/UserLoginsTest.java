package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mlops.emulator.serve.wire.ServeLimits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that reaches the service does not become the local user there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UserLoginsTest {
  private static final String AZ = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

  /** Says the status of what the login answers, and its error. */
  private static final String LOGIN =
      """
      import json, ssl, sys, urllib.error, urllib.request
      port, ca, origin, path, form = sys.argv[1:]
      proxies = {} if "localhost" in origin else {"https": "http://127.0.0.1:" + port}
      opener = urllib.request.build_opener(
          urllib.request.ProxyHandler(proxies),
          urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca)))
      try:
          print(opener.open(origin + path, form.encode()).status)
      except urllib.error.HTTPError as e:
          print(e.code, json.load(e)["error"])
      """;

  /** Of bash: that it has come so far, and a long pause. */
  private static final String WAIT = "echo connected; sleep 300";

  @TempDir Path folder;

  @BeforeAll
  static void needs_linux() {
    assumeTrue(Files.exists(Path.of("/proc/self/ns/pid")), "only Linux tells who connects");
  }

  @Test
  void a_job_gets_no_device_code_but_an_application_may_log_in() throws Exception {
    try (Served served = Served.in(folder, ServeLimits.defaults())) {
      String code = "client_id=" + AZ + "&scope=https://management.azure.com/.default";
      String secret = code + "&grant_type=client_credentials&client_secret=wrong";
      assertEquals("200", login(served, List.of(), "/organizations/oauth2/v2.0/devicecode", code));
      List<String> job = List.of("env", JobMark.PROCESS + "=/state/run");
      List<String> host = List.of("env", JobMark.HOST + "=job");
      for (List<String> start : List.of(job, host)) {
        for (String path : List.of("/organizations/oauth2/v2.0/devicecode", "/adfs/oauth2/token")) {
          assertEquals("400 unsupported_grant_type", login(served, start, path, code), path);
        }
        String token = "/organizations/oauth2/v2.0/token";
        assertTrue(login(served, start, token, secret).endsWith("_client"), "asked for its secret");
      }
    }
  }

  private static String login(Served served, List<String> start, String path, String form)
      throws Exception {
    String origin =
        path.startsWith("/adfs/")
            ? "https://localhost:" + served.port()
            : "https://login.microsoftonline.com";
    List<String> python =
        List.of(
            "python3",
            "-c",
            LOGIN,
            String.valueOf(served.port()),
            served.caFile().toString(),
            origin,
            path,
            form);
    Process process =
        new ProcessBuilder(Stream.concat(start.stream(), python.stream()).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  @Test
  void the_processes_that_hold_a_connection_tell_whose_it_is() throws Exception {
    String mark = JobMark.PROCESS + "=/state/run";
    assertFalse(isOfJob(List.of("env"), WAIT), "a command of the user");
    assertTrue(isOfJob(List.of("env", mark), WAIT), "a job's by its mark");
    assertTrue(
        isOfJob(List.of("env"), "env %s bash -c '%s' & wait".formatted(mark, WAIT)),
        "one of its processes is a job's");
  }

  @Test
  void a_process_of_another_namespace_is_a_job_s_without_a_mark() throws Exception {
    List<String> unshare = List.of("unshare", "--user", "--map-current-user", "--pid", "--fork");
    assumeTrue(works(unshare), "Linux gives no namespaces here");
    assertTrue(isOfJob(unshare, WAIT));
  }

  private static boolean works(List<String> start) throws Exception {
    List<String> command = Stream.concat(start.stream(), List.of("true").stream()).toList();
    return new ProcessBuilder(command).start().waitFor() == 0;
  }

  /** Of a connection of bash, started in this way, which does this once it is connected. */
  private static boolean isOfJob(List<String> start, String then) throws Exception {
    try (ServerSocket listener =
        new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      String script = "exec 3<>/dev/tcp/127.0.0.1/%d; %s".formatted(listener.getLocalPort(), then);
      Process process =
          new ProcessBuilder(
                  Stream.concat(start.stream(), List.of("bash", "-c", script).stream()).toList())
              .start();
      try (Socket accepted = listener.accept()) {
        assertEquals("connected", process.inputReader().readLine());
        return LoopbackPeers.here().isOfJob(accepted);
      } finally {
        end(process);
      }
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
