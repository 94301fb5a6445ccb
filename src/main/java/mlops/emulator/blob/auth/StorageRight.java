package mlops.emulator.blob.auth;

/**
 * What an operation asks of its caller: an RBAC action of those who bring a token, letters of those
 * who bring a shared access signature. An account key may do everything.
 */
public enum StorageRight {
  READ_SERVICE(Kind.CONTROL, StorageRight.SERVICES + "read", "", 's', "r", ""),
  READ_ACCOUNT_INFO(Kind.CONTROL, StorageRight.SERVICES + "getInfo/action", "", 's', "r", "racwdl"),
  DELEGATE(
      Kind.CONTROL, StorageRight.SERVICES + "generateUserDelegationKey/action", "", 's', "", ""),
  LIST_CONTAINERS(Kind.CONTROL, StorageRight.CONTAINERS + "read", "", 's', "l", ""),
  CREATE_CONTAINER(Kind.CONTROL, StorageRight.CONTAINERS + "write", "", 'c', "wc", ""),
  READ_CONTAINER(Kind.CONTROL, StorageRight.CONTAINERS + "read", "", 'c', "r", ""),
  WRITE_CONTAINER(Kind.CONTROL, StorageRight.CONTAINERS + "write", "", 'c', "w", ""),
  DELETE_CONTAINER(Kind.CONTROL, StorageRight.CONTAINERS + "delete", "", 'c', "d", ""),
  READ_ACL(Kind.CONTROL, StorageRight.CONTAINERS + "getAcl/action", "", 'c', "", ""),
  WRITE_ACL(Kind.CONTROL, StorageRight.CONTAINERS + "setAcl/action", "", 'c', "", ""),
  LIST(Kind.DATA, StorageRight.BLOBS + "read", "", 'c', "l", "l"),
  READ(Kind.DATA, StorageRight.BLOBS + "read", "", 'o', "r", "r"),
  WRITE(Kind.DATA, StorageRight.BLOBS + "write", "", 'o', "w", "w"),
  /** Writes a blob that may be new; with {@code c} or {@code add} alone it must be. */
  CREATE(
      Kind.DATA, StorageRight.BLOBS + "write", StorageRight.BLOBS + "add/action", 'o', "wc", "wc"),
  ADD(Kind.DATA, StorageRight.BLOBS + "write", StorageRight.BLOBS + "add/action", 'o', "wa", "wa"),
  DELETE(Kind.DATA, StorageRight.BLOBS + "delete", "", 'o', "d", "d"),
  MOVE(Kind.DATA, StorageRight.BLOBS + "move/action", StorageRight.BLOBS + "write", 'o', "w", "mw"),
  /** Takes a path away from where it is, as a rename does with its source. */
  MOVE_AWAY(
      Kind.DATA, StorageRight.BLOBS + "move/action", StorageRight.BLOBS + "delete", 'o', "d", "md"),
  /** Sends several requests in one, each of which is asked for its own right too. */
  BATCH(Kind.DATA, StorageRight.BLOBS + "write", StorageRight.BLOBS + "delete", 'o', "wd", "wd"),
  /** Keeps a blob as it is, which takes nothing from anybody. */
  SNAPSHOT(
      Kind.DATA, StorageRight.BLOBS + "write", StorageRight.BLOBS + "add/action", 'o', "wc", "wc"),
  READ_TAGS(Kind.DATA, StorageRight.BLOBS + "tags/read", "", 'o', "t", "t"),
  WRITE_TAGS(Kind.DATA, StorageRight.BLOBS + "tags/write", "", 'o', "t", "t"),
  FIND(Kind.DATA, StorageRight.BLOBS + "filter/action", "", 's', "f", "f"),
  FIND_IN_CONTAINER(Kind.DATA, StorageRight.BLOBS + "filter/action", "", 'c', "f", "f"),
  READ_ACCESS(Kind.DATA, StorageRight.BLOBS + "read", "", 'o', "r", "er"),
  WRITE_ACCESS(Kind.DATA, StorageRight.BLOBS + "modifyPermissions/action", "", 'o', "p", "op");

  /** Control actions are checked like those of ARM, data actions against data roles. */
  enum Kind {
    CONTROL,
    DATA
  }

  private static final String SERVICES = "Microsoft.Storage/storageAccounts/blobServices/";
  private static final String CONTAINERS = SERVICES + "containers/";
  private static final String BLOBS = CONTAINERS + "blobs/";

  final Kind kind;

  /** The action that is the full right. */
  final String action;

  /** One that is enough where nothing is there yet; empty where there is none. */
  final String lesserAction;

  /** {@code s}, {@code c} or {@code o}: the resource type ({@code srt}) of an account SAS. */
  final char resourceType;

  /** Letters of an account SAS, any of which is enough. */
  final String accountLetters;

  /** The same of a service or user delegation SAS. */
  final String serviceLetters;

  StorageRight(
      Kind kind,
      String action,
      String lesserAction,
      char resourceType,
      String accountLetters,
      String serviceLetters) {
    this.kind = kind;
    this.action = action;
    this.lesserAction = lesserAction;
    this.resourceType = resourceType;
    this.accountLetters = accountLetters;
    this.serviceLetters = serviceLetters;
  }
}
