package mlops.azure;

import java.util.Optional;

/** Which of the environments that Microsoft keeps for everybody an Azure has. */
public interface CuratedCatalog {

  /**
   * Why this Azure does not have one.
   *
   * @param reference as a file names it: {@code azureml:AzureML-…} or {@code
   *     azureml://registries/…}
   */
  Optional<String> refusal(String reference);
}
