package mlops.emulator.blob;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.arm.Access;
import mlops.emulator.http.Route;
import mlops.emulator.login.Tokens;
import mlops.emulator.state.StateTree;

/**
 * The data plane of storage accounts: {@code {account}.blob.core.windows.net} and {@code
 * {account}.dfs.core.windows.net}. The tables below are what it can do; anything else is a 501.
 */
public final class BlobEndpoint {
  private static final String BLOB_HOST = "{account}.blob.core.windows.net";
  private static final String BLOB_SERVER = "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0";
  private static final String CONTAINER = "/{container}?restype=container";
  private static final String BLOB = "/{container}/{*blob}";

  private final BlobStore store;
  private final Gate gate;
  private final DelegationKeys delegationKeys;
  private final String tenant;

  /**
   * @param tenant the tenant that tokens and delegation keys are of
   */
  public BlobEndpoint(
      StateTree state, BlobStore store, Tokens tokens, Access access, String tenant) {
    this.store = store;
    this.delegationKeys = new DelegationKeys(state);
    this.tenant = tenant;
    SasCheck sas = new SasCheck(store.containers(), delegationKeys, store.clock());
    SharedKey sharedKey = new SharedKey(store.clock());
    this.gate = new Gate(tokens, access, store.containers(), sharedKey, sas, tenant);
  }

  public List<Route> routes() {
    List<Operation> operations = new ArrayList<>();
    operations.addAll(account());
    operations.addAll(containers());
    operations.addAll(blobs());
    operations.addAll(blocks());
    List<Route> routes = new ArrayList<>();
    operations.forEach(o -> routes.add(o.on(BLOB_HOST, BLOB_SERVER, gate, store)));
    Dfs.operations().forEach(o -> routes.add(o.on(Dfs.HOST, Dfs.SERVER, gate, store)));
    return routes;
  }

  private List<Operation> account() {
    AccountOperations account = new AccountOperations(delegationKeys, tenant);
    Right info = Right.READ_ACCOUNT_INFO;
    return List.of(
        new Operation("GET", "/?comp=list", Right.LIST_CONTAINERS, account::listContainers),
        new Operation("GET", "/?restype=account&comp=properties", info, account::information),
        new Operation("HEAD", "/?restype=account&comp=properties", info, account::information),
        new Operation(
            "GET", "/{container}?restype=account&comp=properties", info, account::information),
        new Operation("GET", BLOB + "?restype=account&comp=properties", info, account::information),
        new Operation(
            "GET", "/?restype=service&comp=properties", Right.READ_SERVICE, account::properties),
        new Operation(
            "POST", "/?restype=service&comp=userdelegationkey", Right.DELEGATE, account::delegate));
  }

  private static List<Operation> containers() {
    ContainerOperations container = new ContainerOperations();
    ContainerAcl acl = new ContainerAcl();
    return List.of(
        new Operation("PUT", CONTAINER, Right.CREATE_CONTAINER, container::create),
        new Operation("DELETE", CONTAINER, Right.DELETE_CONTAINER, container::delete),
        new Operation("GET", CONTAINER, Right.READ_CONTAINER, container::properties),
        new Operation("HEAD", CONTAINER, Right.READ_CONTAINER, container::properties),
        new Operation(
            "GET", CONTAINER + "&comp=metadata", Right.READ_CONTAINER, container::properties),
        new Operation(
            "HEAD", CONTAINER + "&comp=metadata", Right.READ_CONTAINER, container::properties),
        new Operation(
            "PUT", CONTAINER + "&comp=metadata", Right.WRITE_CONTAINER, container::setMetadata),
        new Operation("GET", CONTAINER + "&comp=acl", Right.READ_ACL, acl::read),
        new Operation("HEAD", CONTAINER + "&comp=acl", Right.READ_ACL, acl::read),
        new Operation("PUT", CONTAINER + "&comp=acl", Right.WRITE_ACL, acl::write),
        new Operation("GET", CONTAINER + "&comp=list", Right.LIST, new BlobList()::list));
  }

  private List<Operation> blobs() {
    BlobReads reads = new BlobReads();
    BlobWrites writes = new BlobWrites(new CopySource(gate, store));
    return List.of(
        new Operation("GET", BLOB, Right.READ, reads::get),
        new Operation("HEAD", BLOB, Right.READ, reads::properties),
        new Operation("GET", BLOB + "?comp=metadata", Right.READ, reads::properties),
        new Operation("HEAD", BLOB + "?comp=metadata", Right.READ, reads::properties),
        new Operation("PUT", BLOB, Right.CREATE, writes::put),
        new Operation("DELETE", BLOB, Right.DELETE, writes::delete),
        new Operation("PUT", BLOB + "?comp=metadata", Right.WRITE, writes::setMetadata),
        new Operation("PUT", BLOB + "?comp=properties", Right.WRITE, writes::setProperties),
        new Operation("PUT", BLOB + "?comp=tier", Right.WRITE, writes::setTier),
        new Operation("PUT", BLOB + "?comp=copy", Right.WRITE, writes::abortCopy));
  }

  private List<Operation> blocks() {
    Blocks blocks = new Blocks(new CopySource(gate, store));
    return List.of(
        new Operation("PUT", BLOB + "?comp=block", Right.WRITE, blocks::put),
        new Operation("PUT", BLOB + "?comp=blocklist", Right.CREATE, blocks::commit),
        new Operation("GET", BLOB + "?comp=blocklist", Right.READ, blocks::list),
        new Operation("PUT", BLOB + "?comp=appendblock", Right.ADD, new AppendBlocks()::append));
  }
}
