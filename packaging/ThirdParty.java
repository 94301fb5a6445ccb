import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Lists what is in the jar of a release, with its licences, from the bill of materials: {@code java
 * -cp mlops.jar ThirdParty.java bom.json}. A library whose licence nobody knows is a failure.
 */
final class ThirdParty {
  public static void main(String[] args) throws IOException {
    JsonNode bom = new ObjectMapper().readTree(new File(args[0]));
    TreeSet<String> lines = new TreeSet<>();
    List<String> without = new ArrayList<>();
    for (JsonNode library : bom.path("components")) {
      String named =
          "%s %s".formatted(library.path("name").asText(), library.path("version").asText());
      List<String> licences = new ArrayList<>();
      for (JsonNode each : library.path("licenses")) {
        JsonNode licence = each.path("license");
        licences.add(
            each.path("expression").asText(licence.path("id").asText(licence.path("name").asText())));
      }
      licences.removeIf(String::isEmpty);
      if (licences.isEmpty()) {
        without.add(named);
      }
      lines.add("%s (%s): %s".formatted(named, library.path("group").asText(), String.join(" or ", licences)));
    }
    if (lines.isEmpty() || !without.isEmpty()) {
      System.err.println("no licence is known of " + (lines.isEmpty() ? "anything" : without));
      System.exit(1);
    }
    System.out.println("What is in mlops.jar beside mlops itself, and under which licence:\n");
    lines.forEach(System.out::println);
    System.exit(0);
  }

  private ThirdParty() {}
}
