package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Azure SDK for Java, in a process of its own and with what {@code local exec} gives it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JavaSdkTest {

  @Test
  void a_program_that_knows_nothing_of_mlops_logs_in_and_works(@TempDir Path folder)
      throws Exception {
    RealClients clients = new RealClients(folder, InstalledClients.NONE);
    List<String> line = Program.java();
    line.add(JavaSdkProgram.class.getName());

    String said = clients.exec("program", line);

    assertTrue(said.contains("blob says hello"), said);
    assertTrue(said.contains("group has 1"), said);
    assertTrue(said.contains("group is there: false"), said);
  }
}
