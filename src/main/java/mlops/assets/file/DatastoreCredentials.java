package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.yaml.YamlNode;

/** How a datastore proves itself to its storage account. */
final class DatastoreCredentials {
  private static final List<String> FIELDS =
      FieldNames.of(
          "tenant_id client_id client_secret certificate thumbprint authority_url "
              + "resource_url");

  /** No secret: whoever reads does so by identity. */
  static ObjectNode none() {
    return RequestBody.object().put("credentialsType", "None");
  }

  static ObjectNode of(FileSection source) {
    YamlNode node = source.node();
    if (node.at("account_key").isPresent()) {
      node.allow("account_key");
      return secret(new RequestBody(source).text("account_key", "key"), "AccountKey");
    }
    if (node.at("sas_token").isPresent()) {
      node.allow("sas_token");
      return secret(new RequestBody(source).text("sas_token", "sasToken"), "Sas");
    }
    if (node.at("tenant_id").isPresent() || node.at("client_id").isPresent()) {
      return principal(source);
    }
    node.allow("account_key", "sas_token", "tenant_id", "client_id", "client_secret");
    return none();
  }

  private static ObjectNode secret(RequestBody secrets, String type) {
    secrets.put("secretsType", type);
    return RequestBody.object().put("credentialsType", type).set("secrets", secrets.json());
  }

  private static ObjectNode principal(FileSection source) {
    source.node().allow(FIELDS);
    boolean certificate = source.node().at("thumbprint").isPresent();
    String type = certificate ? "Certificate" : "ServicePrincipal";
    RequestBody secrets = new RequestBody(source).put("secretsType", type);
    RequestBody body =
        new RequestBody(source)
            .put("credentialsType", type)
            .required("tenant_id", "tenantId")
            .required("client_id", "clientId")
            .text("authority_url", "authorityUrl", "https://login.microsoftonline.com")
            .text("resource_url", "resourceUrl");
    if (certificate) {
      body.required("thumbprint", "thumbprint");
      secrets.required("certificate", "certificate");
    } else {
      secrets.required("client_secret", "clientSecret");
    }
    return body.set("secrets", secrets.json()).json();
  }

  private DatastoreCredentials() {}
}
