package mlops.cli;

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
    assertEquals("ab", TerminalWidth.cut("ab😀", 2));
    assertEquals("ab😀", TerminalWidth.cut("ab😀", 3));
  }
}
