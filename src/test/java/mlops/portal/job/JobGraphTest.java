package mlops.portal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The picture of a pipeline. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobGraphTest {

  private static String graph(String... steps) throws Exception {
    StringBuilder jobs = new StringBuilder();
    for (String step : steps) {
      String[] parts = step.split("<");
      String uses = parts.length == 1 ? "" : "${{parent.jobs.%s.outputs.x}}".formatted(parts[1]);
      String more = parts.length < 3 ? "" : "${{parent.jobs.%s.outputs.y}}".formatted(parts[2]);
      jobs.append(jobs.isEmpty() ? "" : ",");
      jobs.append(
          "\"%s\":{\"inputs\":{\"a\":\"%s\",\"b\":\"%s\"}}".formatted(parts[0], uses, more));
    }
    var tree = JsonMapper.builder().build().readTree("{" + jobs + "}");
    return new JobGraph(tree, List.of()).html().markup();
  }

  private static long rows(String svg) {
    return Pattern.compile("<rect x=\"[^\"]+\" y=\"([^\"]+)\"")
        .matcher(svg)
        .results()
        .map(m -> m.group(1))
        .distinct()
        .count();
  }

  @Test
  void each_step_is_below_what_it_reads_and_the_words_say_so() throws Exception {
    String diamond = graph("prep", "left<prep", "right<prep", "join<left<right");
    assertEquals(3, rows(diamond), diamond);
    assertTrue(
        diamond.contains(
            "aria-label=\"The steps of the pipeline: prep, left after prep, right after prep, join after left and right\""),
        diamond);
    assertTrue(diamond.contains("viewBox=\"0 0 424 "), diamond);
    assertTrue(graph("a", "b", "c", "d", "e").contains("viewBox=\"0 0 560 "));
    assertEquals(4, diamond.split("class=\"edge\"", -1).length - 1);
  }

  @Test
  void steps_that_need_each_other_or_what_is_not_there_are_drawn_too() throws Exception {
    assertTrue(rows(graph("a<b", "b<a")) >= 1);
    assertEquals(1, rows(graph("a<gone")));
  }
}
