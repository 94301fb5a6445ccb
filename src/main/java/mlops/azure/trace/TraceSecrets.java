package mlops.azure.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import mlops.azure.RestClient;

/** Takes secrets out of what a trace or a page shows: tokens, keys, signatures and passwords. */
public final class TraceSecrets {
  private static final String MASK = "***";
  private static final Set<String> HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "x-ms-copy-source-authorization",
          "x-ms-authorization-auxiliary",
          "x-identity-header",
          "x-api-key",
          "api-key",
          "x-functions-key",
          "ocp-apim-subscription-key",
          "x-ms-encryption-key");
  private static final Pattern SIGNATURE =
      Pattern.compile("(?i)([?&;](sig|signature)=)[^&\"\\s<]*");

  /** A user delegation key in storage's XML: whoever has it signs as its user. */
  private static final Pattern DELEGATION_KEY = Pattern.compile("(<Value>)[^<]*(</Value>)");

  /** Passwords and keys in text that is not JSON, such as a log or a form. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?i)((?:^|[?&;\\s\"'])(?:AccountKey|SharedAccessSignature|SharedAccessKey"
              + "|(?:client_)?secret|password|(?:client_)?assertion|(?:access|refresh|id|subject|actor)_token(?:_hint)?"
              + "|(?:(?:device|user|authorization)_)?code(?:_verifier)?)=)"
              + "[^&;\\s\"']*");

  /** A JSON Web Token, whatever field or text it stands in. */
  private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*");

  /** What belongs to one sign-in, in the answers and addresses of who signs in. */
  private static final Set<String> SIGN_IN =
      Set.of("code", "state", "nonce", "message", "session_state", "username", "login_hint");

  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)(.*(secret(text)?|password|passwd|(access|refresh|id|subject|actor|auth|bearer)_?token(_hint)?"
              + "|(device|user|authorization)_?code|code_?verifier|sastoken|sasuri"
              + "|connectionstring|assertion|sharedkey|accountkey|storagekey|primarykey"
              + "|secondarykey|api_?key|instrumentationkey|encrypted_value|credential_?value))|key|key[12]|sas"
              + "|token|certificate|client_?info");
  private static final Pattern GIVES_SECRETS =
      Pattern.compile(
          "(?i).*/(list|regenerate|generate|get)[a-z]*(keys?|secrets?|sas|credentials?|tokens?)");
  private static final Set<String> PLAIN = Set.of("keyname", "permissions", "secretstype", "name");

  /** A text, such as an address or a line of a log, with {@code ***} for each secret in it. */
  public static String maskedUrl(String url) {
    String unsigned = SIGNATURE.matcher(url).replaceAll("$1" + MASK);
    return JWT.matcher(PAIR.matcher(unsigned).replaceAll("$1" + MASK)).replaceAll(MASK);
  }

  /** Whether what has this name is a secret, such as a password or a token. */
  public static boolean isSecret(String name) {
    return FIELD.matcher(name).matches();
  }

  static String maskedHeader(String name, String value) {
    return HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? MASK : maskedUrl(value);
  }

  /** A body without secrets; one that is not the JSON it claims to be is not shown at all. */
  static String masked(URL url, String type, String text) {
    boolean signsIn = url.getHost().startsWith("login.");
    if (signsIn && !type.contains("json")) {
      return MASK;
    }
    if (type.contains("xml") && text.contains("<UserDelegationKey>")) {
      return DELEGATION_KEY.matcher(text).replaceAll("$1" + MASK + "$2");
    }
    if (!type.contains("json") || text.isBlank()) {
      return maskedUrl(text);
    }
    try {
      JsonNode body = RestClient.JSON.readTree(text);
      if (signsIn && body instanceof ObjectNode answer) {
        SIGN_IN.stream().filter(answer::has).forEach(field -> answer.put(field, MASK));
      }
      boolean vault = url.getHost().endsWith(".vault.azure.net");
      if (vault && body instanceof ObjectNode secret && secret.path("value").isTextual()) {
        secret.put("value", MASK); // of a secret, its new version or its backup
      }
      boolean all = GIVES_SECRETS.matcher(url.getPath()).matches();
      return RestClient.JSON.writeValueAsString(masked(body, all));
    } catch (JsonProcessingException e) {
      return MASK;
    }
  }

  private static JsonNode masked(JsonNode node, boolean all) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> object.set(name, masked(name, object.path(name), all)));
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, masked(array.path(i), all));
      }
      return array;
    }
    return node instanceof TextNode text ? TextNode.valueOf(maskedUrl(text.asText())) : node;
  }

  private static JsonNode masked(String name, JsonNode value, boolean all) {
    if (FIELD.matcher(name).matches()) {
      return hidden(value);
    }
    boolean secret = all && !PLAIN.contains(name.toLowerCase(Locale.ROOT));
    return secret && value.isTextual() ? TextNode.valueOf(MASK) : masked(value, all);
  }

  /**
   * The shape of a secret that is more than a text: the parameter {@code adminPassword} of a
   * template is {@code {"value": …}}.
   */
  private static JsonNode hidden(JsonNode value) {
    if (value instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name -> {
            if (!name.equals("type")) {
              object.set(name, hidden(object.path(name)));
            }
          });
      return object;
    }
    if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, hidden(array.path(i)));
      }
      return array;
    }
    return value.isNull() ? value : TextNode.valueOf(MASK);
  }

  private TraceSecrets() {}
}
