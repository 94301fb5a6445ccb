package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody wrote into a tag is shown, and does nothing to the terminal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTagsTest {
  private static final String HOSTILE = "x\u001b[2J\r\n✗ forged\n\u202edrawkcab";
  private static final String SHOWN = "x\\u001b[2J\\r\\n✗ forged\\n\\u202edrawkcab";

  private static final String SCRIPT = "<script>alert(1)</script>";

  private Site site;

  @BeforeAll
  void write_tags(@TempDir Path folder) {
    site = Site.tiny(folder);
    site.change("dev/pipeline.yml", "type: pipeline", "type: pipeline\ndisplay_name: " + SCRIPT);
    site.write("dev/src/register.py", TinyFiles.REGISTER + "print('" + SCRIPT + " ?sig=c2Vj')\n");
    site.change("mlops.yml", "to: taxioutput/", "to: taxioutput/<b>.json");
    for (List<String> words :
        List.of(List.of("bootstrap"), List.of("train"), List.of("promote", "--to", "test"))) {
      assertEquals(0, site.run(words.toArray(String[]::new)), site::said);
    }
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    for (var document : state.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)) {
      String id = document.path("id").asText();
      if (id.endsWith("/models/taxi-test-model-mlops-demo/versions/1")) {
        ObjectNode version = state.read(id).orElseThrow();
        version.withObject("/properties/tags").put("promoted.by", HOSTILE).put("job", HOSTILE);
        version.withObject("/properties/tags").put(SCRIPT, SCRIPT);
        state.write(id, version);
      } else if (id.endsWith("/batchEndpoints/taxifare-b-mldemo-t-demo")) {
        ObjectNode endpoint = state.read(id).orElseThrow();
        endpoint.withObject("/tags").put("mlops.previous", HOSTILE);
        state.write(id, endpoint);
      }
    }
  }

  @Test
  void status_shows_them_each_in_its_line() {
    assertEquals(0, site.run("status"), site::said);
    String out = site.mlops().out();
    assertTrue(out.contains("by " + SHOWN + " at "), out);
    assertTrue(out.contains("before    " + SHOWN), out);
    assertTrue(out.codePoints().noneMatch(c -> c == 0x1b || c == 0x202e), out);
    assertTrue(out.lines().noneMatch(line -> line.startsWith("✗")), out);
  }

  @Test
  void a_document_holds_them_as_they_are() {
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    assertEquals(HOSTILE, site.mlops().json().at("/result/test/models/0/by").asText(), site::said);
    assertTrue(site.mlops().out().codePoints().noneMatch(c -> c == 0x1b || c == 0x202e));
  }

  @Test
  void a_page_shows_them_as_texts() {
    String file = site.path("guide.html").toString();
    assertEquals(0, site.run("guide", "--html", "--out", file), site::said);
    String page = site.read("guide.html");
    String text = "&lt;script&gt;alert(1)&lt;/script&gt;";
    for (String shown :
        List.of(
            "<div>" + text + " = " + text + "</div>", // a tag
            ">" + text + "</a>", // a job
            text + " ?sig=***", // a line of a log
            "taxioutput/&lt;b&gt;.json", // a blob
            "x\\u001b[2J\\u000d\n✗ forged\n\\u202edrawkcab")) {
      assertTrue(page.contains(shown), () -> shown + " is not in it");
    }
    assertFalse(page.contains("<script"), "a script is in it");
    assertFalse(page.contains("class=\"error\""), "a section cannot be read");
    assertTrue(page.codePoints().noneMatch(c -> c == 0x1b || c == 0x202e));
  }

  @Test
  void a_failure_and_a_step_show_them_too() {
    assertEquals(1, site.run("rollback", "--env", "test"), site::said);
    assertTrue(site.mlops().err().contains("\\u202e"), site::said);
    assertTrue(site.said().codePoints().noneMatch(c -> c == 0x1b || c == 0x202e), site::said);
    assertTrue(site.mlops().err().lines().noneMatch(line -> line.startsWith("✗ forged")));
  }
}
