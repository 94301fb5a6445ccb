package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all kinds of assets have in common: a container, and versions in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryAssetTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "codes|{}|{'codeUri':'https://mlone.blob.core.windows.net/code/a'}",
        "components|{}|{'componentSpec':{'name':'thing','version':'1','type':'command','command':'true','environment':'azureml:e:1','is_deterministic':true,'$schema':'https://azuremlschemas.azureedge.net/latest/commandComponent.schema.json'}}",
        "data|{'dataType':'uri_file'}|{'dataType':'uri_file','dataUri':'azureml://datastores/workspaceblobstore/paths/a.csv'}",
        "environments|{}|{'image':'mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04'}",
        "models|{}|{'modelType':'custom_model','modelUri':'azureml://datastores/workspaceblobstore/paths/a'}",
      })
  void is_made_listed_archived_and_deleted(String collection, String container, String version) {
    MlCloud ml = MlCloud.in(folder);
    ml.blob("a/model.pkl");
    String all = MlCloud.WORKSPACE + "/" + collection;
    String one = all + "/thing";

    assertEquals(201, made(ml.put(one, properties(container))));
    assertEquals(200, made(ml.put(one, properties(container))));
    assertEquals(one, ml.get(one).text("/id"));
    assertEquals(1, ml.get(all).json().path("value").size());
    assertEquals(201, made(ml.put(one + "/versions/1", properties(version))));
    assertEquals(one + "/versions/1", ml.get(one + "/versions/1").text("/id"));
    assertEquals(1, ml.get(one + "/versions").json().path("value").size());
    Answer upload =
        ml.post(
            one + "/versions/2/startPendingUpload",
            "{'pendingUploadType':'TemporaryBlobReference'}");
    if (upload.status() != 501) { // components and environments have no files of their own
      assertTrue(
          upload.text("/blobReferenceForConsumption/credential/sasUri").contains("sig="),
          () -> upload.json().toString());
    }
    assertEquals(200, ml.delete(one + "/versions/1").status());
    assertEquals(404, ml.get(one + "/versions/1").status());
    assertEquals(200, ml.delete(one).status());
    assertEquals(404, ml.get(one).status());
    ml.assertAsDocumented();
  }

  private static int made(Answer answer) {
    assertEquals(2, answer.status() / 100, () -> answer.json().toString());
    return answer.status();
  }

  private static String properties(String properties) {
    return "{'properties':" + properties + "}";
  }
}
