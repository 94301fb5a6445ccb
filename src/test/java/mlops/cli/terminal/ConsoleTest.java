package mlops.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Nothing that comes from outside acts on the terminal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleTest {
  private static final String NL = System.lineSeparator();

  private final StringWriter written = new StringWriter();
  private final Console console =
      new Console(
          new PrintWriter(written),
          new PrintWriter(new StringWriter()),
          true,
          true,
          Reader.nullReader(),
          new SingleJsonOutput(),
          TypedCommand.plain());

  private String printed() {
    console.out().flush();
    return written.toString();
  }

  @Test
  void a_line_stays_one_and_shows_what_would_act() {
    console
        .out()
        .println("a\u001b[2J\u001b]0;title\u0007\r✗ b\nc\u009b1m\u202e\u2028 \ttab é 👩\u200d🔬");
    assertEquals(
        "a\\u001b[2J\\u001b]0;title\\u0007\\r✗ b\\nc\\u009b1m\\u202e\\u2028 \ttab é 👩\u200d🔬"
            + NL,
        printed());
  }

  @Test
  void commands_are_named_as_the_user_types_them_and_nothing_else_is_changed() {
    TypedCommand typed = new TypedCommand("./mlops");
    assertEquals(
        "→ Run `./mlops bootstrap` first: ./mlops --help; mlops does it, /x/mlops train, mlops.yml",
        typed.in(
            "→ Run `mlops bootstrap` first: mlops --help; mlops does it, /x/mlops train, mlops.yml"));
    assertEquals("mlops train", TypedCommand.plain().in("mlops train"));
  }

  @Test
  void what_is_printed_in_pieces_keeps_its_lines_alone() {
    console.out().print("{\n\"a\": \"\u007f\"}\r\n");
    console.out().printf("%s%n", "\r\u001b");
    console.out().print('\u001b');
    assertEquals("{\n\"a\": \"\\u007f\"}\r\n\\r\\u001b" + NL + "\\u001b", printed());
  }

  @Test
  void styles_of_ours_are_sequences_and_those_of_others_are_not() {
    Style style = console.style();
    console.out().println(style.bold("a") + " \u001b[1mb\u001b[0m \ufdd01:1\ufdd1");
    assertEquals("\u001b[1ma\u001b[0m \\u001b[1mb\\u001b[0m \\ufdd01:1\\ufdd1" + NL, printed());
    assertEquals("a b", Style.plain(style.bad("a") + " b"));
    assertFalse(new Style(false).bold("x").contains("\ufdd0"));
  }
}
