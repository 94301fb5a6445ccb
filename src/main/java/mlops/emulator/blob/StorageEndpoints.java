package mlops.emulator.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.auth.BlobAuthorizer;
import mlops.emulator.blob.auth.DelegationKeys;
import mlops.emulator.blob.auth.SasValidator;
import mlops.emulator.blob.auth.SharedKeyValidator;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.dfs.DfsOperations;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.StorageHost;
import mlops.emulator.blob.request.StorageOperation;
import mlops.emulator.blob.rest.AccountOperations;
import mlops.emulator.blob.rest.AppendBlocks;
import mlops.emulator.blob.rest.BlobList;
import mlops.emulator.blob.rest.BlobReads;
import mlops.emulator.blob.rest.BlobWrites;
import mlops.emulator.blob.rest.BlockOperations;
import mlops.emulator.blob.rest.ContainerAcl;
import mlops.emulator.blob.rest.ContainerOperations;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.state.StateTree;

/**
 * The data plane of storage accounts: {@code {account}.blob.core.windows.net} and {@code
 * {account}.dfs.core.windows.net}. The tables below are what it can do; anything else is a 501.
 */
public final class StorageEndpoints {
  private static final StorageHost HOST =
      new StorageHost(
          "{account}.blob.core.windows.net",
          "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0",
          UnaryOperator.identity());
  private static final String CONTAINER = "/{container}?restype=container";
  private static final String BLOB = "/{container}/{*blob}";

  private final BlobStore store;
  private final BlobAuthorizer authorizer;
  private final DelegationKeys delegationKeys;
  private final String tenant;

  /**
   * @param tenant the tenant that tokens and delegation keys are of
   */
  public StorageEndpoints(
      StateTree state, BlobStore store, Tokens tokens, RoleBasedAccess access, String tenant) {
    this.store = store;
    this.delegationKeys = new DelegationKeys(state);
    this.tenant = tenant;
    SasValidator sas = new SasValidator(store.containers(), delegationKeys, store.clock());
    SharedKeyValidator sharedKey = new SharedKeyValidator(store.clock());
    this.authorizer =
        new BlobAuthorizer(tokens, access, store.containers(), sharedKey, sas, tenant);
  }

  public List<Route> routes() {
    List<StorageOperation> operations = new ArrayList<>();
    operations.addAll(account());
    operations.addAll(containers());
    operations.addAll(blobs());
    operations.addAll(blocks());
    List<Route> routes = new ArrayList<>();
    operations.forEach(o -> routes.add(o.on(HOST, authorizer, store)));
    DfsOperations.operations()
        .forEach(o -> routes.add(o.on(DfsOperations.HOST, authorizer, store)));
    return routes;
  }

  private List<StorageOperation> account() {
    AccountOperations account = new AccountOperations(delegationKeys, tenant);
    StorageRight info = StorageRight.READ_ACCOUNT_INFO;
    return List.of(
        new StorageOperation(
            "GET", "/?comp=list", StorageRight.LIST_CONTAINERS, account::listContainers),
        new StorageOperation(
            "GET", "/?restype=account&comp=properties", info, account::information),
        new StorageOperation(
            "HEAD", "/?restype=account&comp=properties", info, account::information),
        new StorageOperation(
            "GET", "/{container}?restype=account&comp=properties", info, account::information),
        new StorageOperation(
            "GET", BLOB + "?restype=account&comp=properties", info, account::information),
        new StorageOperation(
            "GET",
            "/?restype=service&comp=properties",
            StorageRight.READ_SERVICE,
            account::properties),
        new StorageOperation(
            "POST",
            "/?restype=service&comp=userdelegationkey",
            StorageRight.DELEGATE,
            account::delegate));
  }

  private static List<StorageOperation> containers() {
    ContainerOperations container = new ContainerOperations();
    ContainerAcl acl = new ContainerAcl();
    return List.of(
        new StorageOperation("PUT", CONTAINER, StorageRight.CREATE_CONTAINER, container::create),
        new StorageOperation("DELETE", CONTAINER, StorageRight.DELETE_CONTAINER, container::delete),
        new StorageOperation("GET", CONTAINER, StorageRight.READ_CONTAINER, container::properties),
        new StorageOperation("HEAD", CONTAINER, StorageRight.READ_CONTAINER, container::properties),
        new StorageOperation(
            "GET",
            CONTAINER + "&comp=metadata",
            StorageRight.READ_CONTAINER,
            container::properties),
        new StorageOperation(
            "HEAD",
            CONTAINER + "&comp=metadata",
            StorageRight.READ_CONTAINER,
            container::properties),
        new StorageOperation(
            "PUT",
            CONTAINER + "&comp=metadata",
            StorageRight.WRITE_CONTAINER,
            container::setMetadata),
        new StorageOperation("GET", CONTAINER + "&comp=acl", StorageRight.READ_ACL, acl::read),
        new StorageOperation("HEAD", CONTAINER + "&comp=acl", StorageRight.READ_ACL, acl::read),
        new StorageOperation("PUT", CONTAINER + "&comp=acl", StorageRight.WRITE_ACL, acl::write),
        new StorageOperation(
            "GET", CONTAINER + "&comp=list", StorageRight.LIST, new BlobList()::list));
  }

  private List<StorageOperation> blobs() {
    BlobReads reads = new BlobReads();
    BlobWrites writes = new BlobWrites(new CopySource(authorizer, store));
    return List.of(
        new StorageOperation("GET", BLOB, StorageRight.READ, reads::get),
        new StorageOperation("HEAD", BLOB, StorageRight.READ, reads::properties),
        new StorageOperation("GET", BLOB + "?comp=metadata", StorageRight.READ, reads::properties),
        new StorageOperation("HEAD", BLOB + "?comp=metadata", StorageRight.READ, reads::properties),
        new StorageOperation("PUT", BLOB, StorageRight.CREATE, writes::put),
        new StorageOperation("DELETE", BLOB, StorageRight.DELETE, writes::delete),
        new StorageOperation(
            "PUT", BLOB + "?comp=metadata", StorageRight.WRITE, writes::setMetadata),
        new StorageOperation(
            "PUT", BLOB + "?comp=properties", StorageRight.WRITE, writes::setProperties),
        new StorageOperation("PUT", BLOB + "?comp=tier", StorageRight.WRITE, writes::setTier),
        new StorageOperation("PUT", BLOB + "?comp=copy", StorageRight.WRITE, writes::abortCopy));
  }

  private List<StorageOperation> blocks() {
    BlockOperations blocks = new BlockOperations(new CopySource(authorizer, store));
    return List.of(
        new StorageOperation("PUT", BLOB + "?comp=block", StorageRight.WRITE, blocks::put),
        new StorageOperation("PUT", BLOB + "?comp=blocklist", StorageRight.CREATE, blocks::commit),
        new StorageOperation("GET", BLOB + "?comp=blocklist", StorageRight.READ, blocks::list),
        new StorageOperation(
            "PUT", BLOB + "?comp=appendblock", StorageRight.ADD, new AppendBlocks()::append));
  }
}
