package mlops.cli.terminal;

import java.io.PrintWriter;

/**
 * The one place where texts from outside meet a terminal: nothing in them acts on it. A line that
 * is printed as one stays one, whatever it holds.
 */
final class EscapingWriter extends PrintWriter {

  EscapingWriter(PrintWriter target) {
    super(target, false);
  }

  @Override
  public void println(String text) {
    synchronized (lock) {
      String line = ControlCharacters.escaped(String.valueOf(text));
      super.write(line, 0, line.length());
      println();
    }
  }

  @Override
  public void write(String text, int offset, int length) {
    String shown = ControlCharacters.escapedButLines(text.substring(offset, offset + length));
    super.write(shown, 0, shown.length());
  }

  @Override
  public void write(char[] text, int offset, int length) {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(int c) {
    write(String.valueOf((char) c), 0, 1);
  }
}
