package mlops.emulator.keyvault;

/** What an operation asks of its caller, in both permission models of a vault. */
enum VaultRight {
  GET("secrets", "get", "secrets/getSecret/action"),
  LIST("secrets", "list", "secrets/readMetadata/action"),
  /** Looks at a deleted secret, whose value nobody is shown. */
  GET_DELETED("secrets", "get", "secrets/readMetadata/action"),
  SET("secrets", "set", "secrets/setSecret/action"),
  UPDATE("secrets", "set", "secrets/update/action"),
  DELETE("secrets", "delete", "secrets/delete"),
  RECOVER("secrets", "recover", "secrets/recover/action"),
  PURGE("secrets", "purge", "secrets/purge/action"),
  BACKUP("secrets", "backup", "secrets/backup/action"),
  RESTORE("secrets", "restore", "secrets/restore/action"),
  MANAGE_CONTACTS("certificates", "managecontacts", "certificatecontacts/write");

  /** The kind of object in an access policy. */
  final String objects;

  /** The permission in an access policy. */
  final String permission;

  /** The data action of roles. */
  final String action;

  VaultRight(String objects, String permission, String action) {
    this.objects = objects;
    this.permission = permission;
    this.action = "Microsoft.KeyVault/vaults/" + action;
  }
}
