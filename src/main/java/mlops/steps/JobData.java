package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The data that a job was given. */
public final class JobData {
  private static final Set<String> TYPES = Set.of("uri_file", "uri_folder", "mltable");

  /**
   * Where the data of each input is, by the name of the input.
   *
   * @param job its resource in Azure
   */
  public static Map<String, String> of(JsonNode job) {
    Map<String, String> all = new TreeMap<>();
    job.at("/properties/inputs")
        .properties()
        .forEach(
            input -> {
              String type = input.getValue().path("jobInputType").asText();
              if (TYPES.contains(type)) {
                all.put(input.getKey(), input.getValue().path("uri").asText());
              }
            });
    return all;
  }

  private JobData() {}
}
