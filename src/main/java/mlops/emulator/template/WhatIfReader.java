package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.language.ResourceReader;

/**
 * What expressions may ask while nothing is deployed: resources that exist, by their full ids. All
 * else has no value yet, and secrets are not asked for.
 */
final class WhatIfReader implements ResourceReader {
  private final RouterClient client;

  WhatIfReader(RouterClient client) {
    this.client = client;
  }

  @Override
  public ObjectNode resource(String idOrName, String apiVersion) {
    if (!idOrName.startsWith("/") || apiVersion.isEmpty()) {
      throw TemplateErrors.template("'%s' may not be deployed yet".formatted(idOrName));
    }
    return client.get(idOrName, apiVersion);
  }

  @Override
  public List<ObjectNode> loop(String symbol) {
    throw TemplateErrors.template("'%s' may not be deployed yet".formatted(symbol));
  }

  @Override
  public ObjectNode info(String symbol) {
    throw TemplateErrors.template("'%s' may not be deployed yet".formatted(symbol));
  }

  @Override
  public JsonNode action(String id, String action, String apiVersion, JsonNode body) {
    throw TemplateErrors.template("A what-if does not ask '%s' for secrets".formatted(id));
  }
}
