package mlops.emulator.blob;

/**
 * What an operation asks of its caller: an RBAC action of those who bring a token, letters of those
 * who bring a shared access signature. An account key may do everything.
 */
enum Right {
  READ_SERVICE(Kind.CONTROL, Right.SERVICES + "read", "", 's', "r", ""),
  READ_ACCOUNT_INFO(Kind.CONTROL, Right.SERVICES + "getInfo/action", "", 's', "r", "racwdl"),
  DELEGATE(Kind.CONTROL, Right.SERVICES + "generateUserDelegationKey/action", "", 's', "", ""),
  LIST_CONTAINERS(Kind.CONTROL, Right.CONTAINERS + "read", "", 's', "l", ""),
  CREATE_CONTAINER(Kind.CONTROL, Right.CONTAINERS + "write", "", 'c', "wc", ""),
  READ_CONTAINER(Kind.CONTROL, Right.CONTAINERS + "read", "", 'c', "r", ""),
  WRITE_CONTAINER(Kind.CONTROL, Right.CONTAINERS + "write", "", 'c', "w", ""),
  DELETE_CONTAINER(Kind.CONTROL, Right.CONTAINERS + "delete", "", 'c', "d", ""),
  READ_ACL(Kind.CONTROL, Right.CONTAINERS + "getAcl/action", "", 'c', "", ""),
  WRITE_ACL(Kind.CONTROL, Right.CONTAINERS + "setAcl/action", "", 'c', "", ""),
  LIST(Kind.DATA, Right.BLOBS + "read", "", 'c', "l", "l"),
  READ(Kind.DATA, Right.BLOBS + "read", "", 'o', "r", "r"),
  WRITE(Kind.DATA, Right.BLOBS + "write", "", 'o', "w", "w"),
  /** Writes a blob that may be new; with {@code c} or {@code add} alone it must be. */
  CREATE(Kind.DATA, Right.BLOBS + "write", Right.BLOBS + "add/action", 'o', "wc", "wc"),
  ADD(Kind.DATA, Right.BLOBS + "write", Right.BLOBS + "add/action", 'o', "wa", "wa"),
  DELETE(Kind.DATA, Right.BLOBS + "delete", "", 'o', "d", "d"),
  MOVE(Kind.DATA, Right.BLOBS + "move/action", Right.BLOBS + "write", 'o', "w", "mw"),
  READ_ACCESS(Kind.DATA, Right.BLOBS + "read", "", 'o', "r", "er"),
  WRITE_ACCESS(Kind.DATA, Right.BLOBS + "modifyPermissions/action", "", 'o', "p", "op");

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

  Right(
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
