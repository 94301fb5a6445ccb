package mlops.cli.terminal;

import java.io.PrintWriter;

/**
 * The one place where texts from outside meet a terminal: nothing in them acts on it. A line that
 * is printed as one stays one, whatever it holds. The commands that a line names are written as the
 * user types them.
 */
final class EscapingWriter extends PrintWriter {

  private final TypedCommand command;

  EscapingWriter(PrintWriter target, TypedCommand command) {
    super(target, false);
    this.command = command;
  }

  @Override
  public void println(String text) {
    synchronized (lock) {
      String line = ControlCharacters.escaped(command.in(String.valueOf(text)));
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
