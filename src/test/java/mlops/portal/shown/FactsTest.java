package mlops.portal.shown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Facts about a thing, and which of them are shown. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FactsTest {

  @Test
  void a_value_whose_name_says_that_it_is_a_secret_is_masked() {
    var tags = JsonNodeFactory.instance.objectNode();
    tags.put("team", "taxi").put("db_password", "hunter2").put("api_key", "k").put("key", "k");
    assertEquals(
        "<div>team = taxi</div>\n<div>db_password = ***</div>\n<div>api_key = ***</div>\n<div>key = ***</div>",
        Tags.of(tags).markup());
  }

  @Test
  void what_is_empty_is_no_fact() {
    assertEquals(
        "<dl class=\"facts\"><div><dt>gate</dt><dd>passed</dd></div></dl>",
        Tags.facts(
                "job", "", "gate", "passed", "tags", Tags.of(JsonNodeFactory.instance.objectNode()))
            .markup());
  }
}
