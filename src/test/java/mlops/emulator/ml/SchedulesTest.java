package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mlops.emulator.ml.MlCloud.Answer;
import mlops.emulator.ml.schedule.ScheduleClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules submit jobs while a clock runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchedulesTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String SCHEDULE = WS + "/schedules/nightly";
  private static final String JOB =
      "{'jobType':'Command','command':'echo ${{inputs.at}}','environmentId':'"
          + WS
          + "/environments/plain/versions/1',"
          + "'inputs':{'at':{'jobInputType':'literal','value':'${{creation_context.trigger_time}}'}}}";
  private static final String NIGHTLY = "{'triggerType':'Cron','expression':'0 3 * * *'}";

  /** Its first time is when it is made. */
  private static final String NOW = "{'triggerType':'Recurrence','frequency':'day','interval':1}";

  private static final String ENDPOINT = WS + "/batchEndpoints/pipes";

  /** As Microsoft's OpenAPI document has it. */
  private static final String INVOCATION =
      "{'actionType':'InvokeBatchEndpoint','endpointInvocationDefinition':{'endpoint':'azureml:"
          + ENDPOINT
          + "','inputs':{'create_time':'${{creation_context.trigger_time}}'}}}";

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.in(folder);
    ml.put(WS + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
  }

  private Answer make(String trigger, String job, String more) {
    return ml.put(
        SCHEDULE,
        "{'properties':{'trigger':%s,'action':{'actionType':'CreateJob','jobDefinition':%s}%s}}"
            .formatted(trigger, job, more));
  }

  private int listed(String query) {
    return ml.get(WS + "/" + query).json().path("value").size();
  }

  @Test
  void it_is_made_listed_disabled_and_deleted() {
    Answer made = make(NIGHTLY, JOB, "");
    assertEquals(201, made.status(), () -> made.json().toString());
    JsonNode properties = ml.get(SCHEDULE).json().path("properties");
    assertEquals("UTC", properties.at("/trigger/timeZone").asText());
    assertTrue(properties.at("/trigger/startTime").isTextual(), properties::toString);
    assertEquals(1, listed("schedules"));
    assertEquals(0, listed("schedules?listViewType=DisabledOnly"));
    assertEquals(400, ml.delete(SCHEDULE).status(), "it is enabled");
    assertEquals(200, make(NIGHTLY, JOB, ",'isEnabled':false").status());
    assertEquals(0, listed("schedules"));
    assertEquals(1, listed("schedules?listViewType=All"));
    assertEquals(200, ml.delete(SCHEDULE).status());
    assertEquals(404, ml.get(SCHEDULE).status());
    ml.assertAsDocumented();
  }

  @Test
  void what_it_cannot_do_is_told_when_it_is_made() {
    assertEquals(404, make(NIGHTLY, JOB.replace("plain", "none"), "").status());
    assertEquals(400, make(NIGHTLY.replace("0 3", "0 33"), JOB, "").status());
    assertEquals(501, act("{'actionType':'CreateMonitor'}", NIGHTLY).status());
    assertEquals(404, act(INVOCATION, NIGHTLY).status(), "there is no endpoint");
    assertEquals(400, act(INVOCATION.replace("ml-one", "ml-two"), NIGHTLY).status());
    Answer unread = act(INVOCATION.replace("'inputs'", "'entrées'"), NIGHTLY);
    assertEquals(501, unread.status());
    assertTrue(unread.json().toString().contains("'entrées'"), unread.json()::toString);
  }

  private Answer act(String action, String trigger) {
    return ml.put(SCHEDULE, "{'properties':{'trigger':%s,'action':%s}}".formatted(trigger, action));
  }

  @Test
  void it_is_triggered_by_hand() {
    make(NIGHTLY, JOB, "");
    Answer triggered =
        ml.post(SCHEDULE + "/trigger", "{'scheduleTime':'2026-01-02T03:04:05.678+00:00'}");
    assertEquals("nightly-20260102T030405Z", triggered.json().path("submissionId").asText());
    JsonNode job = ml.await(WS + "/jobs/nightly-20260102T030405Z").path("properties");
    assertEquals("Completed", job.path("status").asText());
    assertEquals("nightly-20260102T030405Z", job.path("displayName").asText());
    assertEquals("2026-01-02T03:04:05Z", job.at("/inputs/at/value").asText());
    assertEquals(1, listed("jobs?scheduleId=nightly"));
    assertEquals(0, listed("jobs?scheduleId=other"));
  }

  @Test
  void another_job_is_run_again_with_what_the_schedule_changes() {
    ml.put(WS + "/jobs/first", "{'properties':%s}".formatted(JOB));
    ml.await(WS + "/jobs/first");
    String again =
        "{'jobType':'Pipeline','sourceJobId':'%s/jobs/first','experimentName':''}".formatted(WS);
    assertEquals(404, make(NIGHTLY, again.replace("first", "none"), "").status());
    assertEquals(201, make(NIGHTLY, again.replace("Pipeline", "Command"), "").status());
    ml.post(SCHEDULE + "/trigger", "{'scheduleTime':'2026-01-02T03:04:05Z'}");
    JsonNode job = ml.await(WS + "/jobs/nightly-20260102T030405Z").path("properties");
    assertEquals("echo ${{inputs.at}}", job.path("command").asText());
  }

  @Test
  void a_clock_fires_it_as_whoever_made_it_and_two_clocks_fire_it_once() {
    List<String> said = new CopyOnWriteArrayList<>();
    ScheduleClock one = ml.cloud().azure().fireSchedules(said::add);
    ScheduleClock two = ml.cloud().azure().fireSchedules(said::add);
    assertEquals(201, make(NOW, JOB, "").status());
    ml.until(() -> said.size() == 2);
    one.close();
    two.close();
    assertTrue(said.get(0).startsWith("schedule nightly: submitted job nightly-"), said::toString);
    assertEquals(said.get(0), said.get(1));
    assertEquals(1, listed("jobs?scheduled=true"));
    String job = said.get(0).substring(said.get(0).lastIndexOf(' ') + 1);
    ml.await(WS + "/jobs/" + job);
  }

  private void endpoint() {
    ml.put(ENDPOINT, "{'location':'eastus2','properties':{'authMode':'aadToken'}}");
    ml.put(
        WS + "/components/pipe/versions/1",
        """
        {'properties':{'componentSpec':{'type':'pipeline','name':'pipe','version':'1','inputs':{'create_time':{'type':'string'}},
          'jobs':{'say':{'type':'command','command':'echo ${{inputs.t}}','inputs':{'t':'${{parent.inputs.create_time}}'}}}}}}""");
    Answer deployed =
        ml.put(
            ENDPOINT + "/deployments/blue",
            "{'location':'eastus2','properties':{'deploymentConfiguration':{'deploymentConfigurationType':'PipelineComponent','componentId':{'referenceType':'Id','assetId':'%s/components/pipe/versions/1'}}}}"
                .formatted(WS));
    assertEquals(201, deployed.status(), deployed.json()::toString);
  }

  @Test
  void it_invokes_a_batch_endpoint_whose_job_knows_the_schedule() {
    endpoint();
    assertEquals(201, act(INVOCATION, NIGHTLY).status());
    ml.assertAsDocumented();
    String time = "{'scheduleTime':'2026-01-02T03:04:05Z'}";
    assertEquals(400, ml.post(SCHEDULE + "/trigger", time).status(), "no default deployment");
    ml.patch(ENDPOINT, "{'properties':{'defaults':{'deploymentName':'blue'}}}");
    Answer triggered = ml.post(SCHEDULE + "/trigger", time);
    assertEquals("InvokeBatchEndpoint", triggered.text("/scheduleActionType"));
    JsonNode job = ml.await(WS + "/jobs/" + triggered.text("/submissionId")).path("properties");
    assertEquals("Completed", job.path("status").asText(), job::toString);
    assertEquals("nightly-20260102T030405Z", job.path("displayName").asText());
    assertEquals("2026-01-02T03:04:05Z", job.at("/inputs/create_time/value").asText());
    assertEquals(1, listed("jobs?scheduleId=nightly"));
  }

  @Test
  void two_clocks_invoke_an_endpoint_once_for_a_time() {
    endpoint();
    ml.patch(ENDPOINT, "{'properties':{'defaults':{'deploymentName':'blue'}}}");
    List<String> said = new CopyOnWriteArrayList<>();
    ScheduleClock one = ml.cloud().azure().fireSchedules(said::add);
    ScheduleClock two = ml.cloud().azure().fireSchedules(said::add);
    assertEquals(201, act(INVOCATION, NOW).status());
    ml.put(
        SCHEDULE + "-job",
        "{'properties':{'trigger':%s,'action':{'actionType':'CreateJob','jobDefinition':%s}}}"
            .formatted(NOW, JOB));
    ml.until(() -> said.size() == 3); // both clocks tell of the job
    one.close();
    two.close();
    List<String> invoked = said.stream().filter(line -> line.contains("invoked")).toList();
    assertEquals(1, invoked.size(), said::toString);
    assertTrue(invoked.get(0).startsWith("schedule nightly: invoked its endpoint, job "));
    ml.await(WS + "/jobs/" + invoked.get(0).substring(invoked.get(0).lastIndexOf(' ') + 1));
    said.stream()
        .filter(line -> line.contains("submitted"))
        .forEach(line -> ml.await(WS + "/jobs/" + line.substring(line.lastIndexOf(' ') + 1)));
  }
}
