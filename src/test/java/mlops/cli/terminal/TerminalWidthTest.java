package mlops.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Lines that must fit into a terminal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TerminalWidthTest {

  @Test
  void a_line_is_cut_to_its_letters_and_keeps_the_end_of_its_colour() {
    String line = new Style(true).dim("zeile ünïcode") + " ☃";
    assertEquals(new Style(true).dim("zeile ün"), TerminalWidth.cut(line, 8));
    assertEquals(line, TerminalWidth.cut(line, 15));
    assertEquals(line, TerminalWidth.cut(line, Integer.MAX_VALUE));
    assertEquals("ab", TerminalWidth.cut("ab😀", 3));
    assertEquals("ab😀", TerminalWidth.cut("ab😀", 4));
  }

  @Test
  void letters_of_east_asia_take_two_columns_and_what_stands_above_a_letter_none() {
    assertEquals(8, TerminalWidth.length("タクシー"));
    assertEquals(4, TerminalWidth.length("출租"));
    assertEquals(4, TerminalWidth.length("ﾀｸｼｰ"), "katakana of half the width");
    assertEquals(4, TerminalWidth.length("cafe\u0301"));
    assertEquals(3, TerminalWidth.length("→ ✓"));
    assertEquals(2, TerminalWidth.length("▸…"));
    assertEquals("租 |", TerminalWidth.padded("租", 3) + "|");
    String nl = System.lineSeparator();
    assertEquals("タク" + nl + "シー", TerminalWidth.wrapped("タク シー", 6, 0));
  }

  @Test
  void a_line_takes_more_rows_where_the_terminal_became_narrower() {
    String line = new Style(true).dim("zwölf Zeiche") + "n";
    assertEquals(1, TerminalWidth.rows(line, 13));
    assertEquals(2, TerminalWidth.rows(line, 12));
    assertEquals(3, TerminalWidth.rows(line, 6));
    assertEquals(1, TerminalWidth.rows("", 6));
    assertEquals(1, TerminalWidth.rows(line, Integer.MAX_VALUE));
  }
}
