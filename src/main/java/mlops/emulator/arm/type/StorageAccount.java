package mlops.emulator.arm.type;

/**
 * A storage account as its data plane needs to know it.
 *
 * @param id its ARM id
 * @param kind such as {@code StorageV2}
 * @param sku such as {@code Standard_ZRS}
 * @param hierarchical whether it has a hierarchical namespace
 * @param sharedKeyAllowed whether Shared Key and account SAS are accepted
 * @param publicAccessAllowed whether containers may be opened to anyone
 */
public record StorageAccount(
    String id,
    String name,
    String location,
    String kind,
    String sku,
    boolean hierarchical,
    boolean sharedKeyAllowed,
    boolean publicAccessAllowed) {}
