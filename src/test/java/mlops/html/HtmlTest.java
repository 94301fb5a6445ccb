package mlops.html;

import static mlops.html.Html.at;
import static mlops.html.Html.el;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Nothing that stands in a page can break it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HtmlTest {

  @Test
  void a_text_stays_a_text_in_an_element_and_in_an_attribute() {
    String evil = "\"><script>alert('x')</script>&amp;";
    String page = el("a", at("href", evil), evil, el("b", "bold")).markup();
    assertEquals(
        "<a href=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;\">"
            + "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;<b>bold</b></a>",
        page);
  }

  @Test
  void what_is_unseen_is_shown() {
    assertEquals(
        "a\\u0000b\\u001b[2J\\u202ec\n\td", Html.text("a\0b\u001b[2J\u202ec\n\td").markup());
  }

  @Test
  void secrets_are_masked_wherever_they_stand() {
    String address = "https://a.blob.core.windows.net/c/b?sv=1&sig=abc%2F&se=2";
    String text = Html.text(address + " AccountKey=c2VjcmV0 and more").markup();
    assertTrue(text.contains("sig=***&amp;se=2"), text);
    assertTrue(text.contains("AccountKey=*** and more"), text);
    String link = el("a", at("href", address)).markup();
    assertFalse(link.contains("abc"), link);
  }

  @Test
  void a_table_says_what_it_is_about_and_what_each_cell_is() {
    String table =
        new HtmlTable("Jobs", List.of("job", "status"))
            .row("train", el("b", "Completed"))
            .html()
            .markup();
    for (String shown :
        List.of(
            "<caption>Jobs</caption>",
            "<th scope=\"col\" role=\"columnheader\">status</th>",
            "<th scope=\"row\" role=\"rowheader\">train</th>",
            "<td role=\"cell\" data-column=\"status\"><b>Completed</b></td>")) {
      assertTrue(table.contains(shown), table);
    }
  }
}
