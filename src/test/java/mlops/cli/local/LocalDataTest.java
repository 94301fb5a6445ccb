package mlops.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.cli.Transcript;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops local data}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalDataTest {
  private static final String ACCOUNT = "https://examples.blob.core.windows.net/";

  @TempDir Path folder;

  private Transcript mlops() {
    return Transcript.of(folder.resolve("state"));
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private int laid(Transcript mlops) {
    assertEquals(0, mlops.run("local", "data", "list", "-o", "json"));
    return mlops.json().at("/result/data").size();
  }

  @Test
  void what_is_laid_is_listed_replaced_and_removed() throws IOException {
    Transcript mlops = mlops();
    assertEquals(0, mlops.run("local", "data"));
    assertFalse(Files.exists(folder.resolve("state"))); // to look makes nothing
    file("trips/a.csv", "1,2\n");
    file("trips/sub/b.csv", "3,4\n");
    String trips = folder.resolve("trips").toString();
    String url = ACCOUNT + "data/trips";
    assertEquals(0, mlops.run("local", "data", "add", url, trips, "-o", "json"));
    assertEquals(2, mlops.json().at("/result/data/0/files").asInt());
    assertEquals(8, mlops.json().at("/result/data/0/bytes").asInt());
    Files.delete(folder.resolve("trips/a.csv"));
    String spelled = "wasbs://data@examples.blob.core.windows.net/trips/";
    assertEquals(0, mlops.run("local", "data", "add", spelled, trips));
    assertTrue(mlops.out().contains("1 file"), mlops.out());
    assertEquals(1, laid(mlops));
    assertEquals(0, mlops.run("local", "data", "remove", spelled));
    assertEquals(0, laid(mlops));
    assertEquals(2, mlops.run("local", "data", "remove", spelled));
  }

  @Test
  void wrong_words_are_told_and_nothing_is_laid() throws IOException {
    Transcript mlops = mlops();
    String file = file("a.csv", "1\n");
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(2, mlops.run("local", "data", "add", "data/a.csv", file));
    assertTrue(mlops.err().contains("is no URL that public data has"), mlops.err());
    assertEquals(2, mlops.run("local", "data", "add", ACCOUNT + "data", file));
    assertTrue(mlops.err().contains("is a whole container"), mlops.err());
    assertEquals(2, mlops.run("local", "data", "add", ACCOUNT + "data/a", file + "x"));
    String empty = folder.resolve("empty").toString();
    assertEquals(1, mlops.run("local", "data", "add", ACCOUNT + "data/a", empty));
    assertTrue(mlops.err().contains("there is no file in it"), mlops.err());
    Files.createSymbolicLink(folder.resolve("empty/link"), Path.of(file));
    assertEquals(1, mlops.run("local", "data", "add", ACCOUNT + "data/a", empty));
    assertTrue(mlops.err().contains("is a link"), mlops.err());
    assertEquals(0, laid(mlops));
  }
}
