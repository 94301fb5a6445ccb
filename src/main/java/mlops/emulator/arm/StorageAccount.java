package mlops.emulator.arm;

/**
 * A storage account as its data plane needs to know it.
 *
 * @param id its ARM id
 * @param hierarchical whether it has a hierarchical namespace
 * @param sharedKeyAllowed whether Shared Key and account SAS are accepted
 */
public record StorageAccount(
    String id, String name, String location, boolean hierarchical, boolean sharedKeyAllowed) {}
