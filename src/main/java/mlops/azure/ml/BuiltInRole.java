package mlops.azure.ml;

/**
 * A role that every Azure has.
 *
 * @param id its GUID
 */
public record BuiltInRole(String name, String id) {
  public static final BuiltInRole CONTRIBUTOR =
      new BuiltInRole("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c");
  public static final BuiltInRole READER =
      new BuiltInRole("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7");
  public static final BuiltInRole REGISTRY_USER =
      new BuiltInRole("AzureML Registry User", "1823dd4f-9b8c-4ab6-ab4e-7397a3684615");
  public static final BuiltInRole DATA_SCIENTIST =
      new BuiltInRole("AzureML Data Scientist", "f6c7c914-8db3-469d-8ca1-694a8f32e121");
  public static final BuiltInRole BLOB_OWNER =
      new BuiltInRole("Storage Blob Data Owner", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b");
  public static final BuiltInRole BLOB_CONTRIBUTOR =
      new BuiltInRole("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
}
