package mlops.assets.field;

import mlops.assets.content.Snapshot;

/** A value in a body that is known only when the workspace is. */
public sealed interface UnresolvedReference {

  /** The region of the workspace. */
  record Location() implements UnresolvedReference {}

  /** The ARM id of a compute, a datastore or another thing that has a name alone. */
  record Named(String collection, String name) implements UnresolvedReference {}

  /** The ARM id of a subnet of a virtual network in the resource group of the workspace. */
  record Subnet(String network, String name) implements UnresolvedReference {}

  /** The ARM id of a version of an asset. */
  record Version(String collection, String name, String version) implements UnresolvedReference {}

  /** The ARM id of the version of an asset that bears a label. */
  record Label(String collection, String name, String label) implements UnresolvedReference {}

  /** The ARM id of the code that these files are. */
  record Code(Snapshot snapshot) implements UnresolvedReference {}

  /** The ARM id of something that is created beforehand. */
  record Made(ResourceDraft draft) implements UnresolvedReference {}

  /** The same ARM id with {@code azureml:} before it, as component specs have it. */
  record Prefixed(UnresolvedReference reference) implements UnresolvedReference {}

  /** Files in a datastore. */
  record Uploaded(Snapshot snapshot, String datastore, Form form) implements UnresolvedReference {}

  /** How a body names files in a datastore. */
  enum Form {
    /** {@code azureml://datastores/x/paths/…}. */
    SHORT,
    /** The same with a slash at its end, as jobs have it for folders. */
    FOLDER,
    /** {@code azureml://subscriptions/…/datastores/x/paths/…}. */
    LONG,
    /** {@code https://account.blob.core.windows.net/container/…/}, for build contexts. */
    URL
  }
}
