package mlops.emulator.blob.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PublicUrlTest {

  @Test
  void all_spellings_of_a_blob_are_one() {
    PublicUrl place = new PublicUrl("examples", "data", "trips/a b.csv");
    for (String url :
        List.of(
            "https://examples.blob.core.windows.net/data/trips/a%20b.csv",
            "http://Examples.blob.core.windows.net/data//trips/a b.csv/",
            "https://examples.dfs.core.windows.net/data/trips/a%20b.csv?sv=2024&sig=secret",
            "wasbs://data@examples.blob.core.windows.net/trips/a%20b.csv",
            "wasb://data@examples.blob.core.windows.net/trips/a b.csv",
            "abfss://data@examples.dfs.core.windows.net/trips/a%20b.csv/")) {
      assertEquals(Optional.of(place), PublicUrl.of(url), url);
    }
    assertEquals("https://examples.blob.core.windows.net/data/trips/a%20b.csv", place.toString());
  }

  @Test
  void other_hosts_keep_their_query_but_not_in_the_name_of_the_file() {
    PublicUrl url = PublicUrl.of("https://Raw.example.com:443/a/b.csv?raw=true#top").orElseThrow();
    assertEquals(new PublicUrl(PublicUrl.ELSEWHERE, "raw.example.com?raw=true", "a/b.csv"), url);
    assertEquals("https://raw.example.com/a/b.csv?raw=true", url.toString());
    assertEquals(Optional.of(url), PublicUrl.of(url.toString()));
  }

  @Test
  void nothing_in_it_ends_the_quotes_of_a_command_to_type() {
    String said =
        PublicUrl.of("https://example.com/a';rm -rf $HOME;'.csv").orElseThrow().toString();
    assertEquals("https://example.com/a%27;rm%20-rf%20$HOME;%27.csv", said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azureml://datastores/d/paths/x",
        "data/x.csv",
        "file:///etc/passwd",
        "https://example.com",
        "https://example.com/",
        "https://user@example.com/x",
        "https://examples.blob.core.windows.net/",
        "https://examples.queue.core.windows.net/q/x",
        "https://examples.blob.core.windows.net/data/../other/x",
        "https://examples.blob.core.windows.net/data/%2e%2e/x",
        "https://examples.blob.core.windows.net/data/a%5Cb",
        "https://examples.blob.core.windows.net/data/a%0Ab",
        "https://examples.blob.core.windows.net/data/a%zz",
        "https://examples.blob.core.windows.net/da_ta/a",
        "https://example.com/x?a=' b"
      })
  void what_names_no_public_data_is_none(String url) {
    assertTrue(PublicUrl.of(url).isEmpty(), url);
  }
}
