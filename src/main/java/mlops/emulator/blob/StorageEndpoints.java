package mlops.emulator.blob;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.auth.BlobAuthorizer;
import mlops.emulator.blob.auth.DelegationKeys;
import mlops.emulator.blob.auth.SasValidator;
import mlops.emulator.blob.auth.SharedKeyValidator;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.blob.dfs.DfsOperations;
import mlops.emulator.blob.list.BlobList;
import mlops.emulator.blob.list.BlobSearch;
import mlops.emulator.blob.request.CopySource;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageHost;
import mlops.emulator.blob.request.StorageOperation;
import mlops.emulator.blob.rest.AccountOperations;
import mlops.emulator.blob.rest.AppendBlocks;
import mlops.emulator.blob.rest.BlobBatch;
import mlops.emulator.blob.rest.BlobDeletion;
import mlops.emulator.blob.rest.BlobReads;
import mlops.emulator.blob.rest.BlobWrites;
import mlops.emulator.blob.rest.BlockOperations;
import mlops.emulator.blob.rest.ContainerAcl;
import mlops.emulator.blob.rest.ContainerOperations;
import mlops.emulator.blob.rest.ExpiryOperations;
import mlops.emulator.blob.rest.LeaseOperations;
import mlops.emulator.blob.rest.SnapshotOperations;
import mlops.emulator.blob.rest.TagOperations;
import mlops.emulator.blob.rest.UserDelegation;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
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
  private final BlobBatch batch;

  /**
   * @param tenant the tenant that tokens and delegation keys are of
   * @param router where the requests of a batch go
   */
  public StorageEndpoints(
      StateTree state,
      BlobStore store,
      Tokens tokens,
      RoleBasedAccess access,
      String tenant,
      Function<Request, Response> router) {
    this.store = store;
    this.delegationKeys = new DelegationKeys(state);
    this.tenant = tenant;
    this.batch = new BlobBatch(router);
    SasValidator sas = new SasValidator(store.containers(), delegationKeys, store.clock());
    SharedKeyValidator sharedKey = new SharedKeyValidator(store.clock());
    this.authorizer =
        new BlobAuthorizer(tokens, access, store.containers(), sharedKey, sas, tenant);
  }

  public List<Route> routes() {
    List<StorageOperation> operations = new ArrayList<>();
    operations.addAll(account());
    operations.addAll(containers());
    operations.addAll(policies());
    operations.addAll(blobs());
    operations.addAll(blocks());
    operations.addAll(leasesAndSnapshots());
    operations.addAll(tags());
    List<Route> routes = new ArrayList<>();
    operations.forEach(o -> routes.add(o.on(HOST, authorizer, store)));
    DfsOperations.operations(authorizer)
        .forEach(o -> routes.add(o.on(DfsOperations.HOST, authorizer, store)));
    return routes;
  }

  private List<StorageOperation> account() {
    AccountOperations account = new AccountOperations();
    StorageRight info = StorageRight.READ_ACCOUNT_INFO;
    String about = "?restype=account&comp=properties";
    return List.of(
        new StorageOperation(
                "GET", "/?comp=list", StorageRight.LIST_CONTAINERS, account::listContainers)
            .reading("prefix", "marker", "maxresults", "include"),
        new StorageOperation("GET", "/" + about, info, account::information),
        new StorageOperation("HEAD", "/" + about, info, account::information),
        new StorageOperation("GET", "/{container}" + about, info, account::information),
        new StorageOperation("GET", BLOB + about, info, account::information),
        new StorageOperation(
            "GET",
            "/?restype=service&comp=properties",
            StorageRight.READ_SERVICE,
            account::properties),
        new StorageOperation("POST", "/?comp=batch", StorageRight.BATCH, batch::submit)
            .reading("content-type"),
        new StorageOperation("POST", CONTAINER + "&comp=batch", StorageRight.BATCH, batch::submit)
            .reading("content-type"),
        new StorageOperation(
            "POST",
            "/?restype=service&comp=userdelegationkey",
            StorageRight.DELEGATE,
            new UserDelegation(delegationKeys, tenant)::delegate));
  }

  private static List<StorageOperation> containers() {
    ContainerOperations container = new ContainerOperations();
    StorageRight read = StorageRight.READ_CONTAINER;
    String metadata = CONTAINER + "&comp=metadata";
    return List.of(
        new StorageOperation("PUT", CONTAINER, StorageRight.CREATE_CONTAINER, container::create)
            .reading(Parameters.METADATA.and("x-ms-blob-public-access")),
        new StorageOperation("DELETE", CONTAINER, StorageRight.DELETE_CONTAINER, container::delete)
            .reading(Parameters.TIMES),
        new StorageOperation("GET", CONTAINER, read, container::properties)
            .reading(Parameters.LEASE),
        new StorageOperation("HEAD", CONTAINER, read, container::properties)
            .reading(Parameters.LEASE),
        new StorageOperation("GET", metadata, read, container::properties)
            .reading(Parameters.LEASE),
        new StorageOperation("HEAD", metadata, read, container::properties)
            .reading(Parameters.LEASE),
        new StorageOperation("PUT", metadata, StorageRight.WRITE_CONTAINER, container::setMetadata)
            .reading(Parameters.TIMES.and(Parameters.METADATA)),
        new StorageOperation(
                "GET", CONTAINER + "&comp=list", StorageRight.LIST, new BlobList()::list)
            .reading(
                "prefix", "delimiter", "marker", "startfrom", "maxresults", "include", "showonly"));
  }

  private static List<StorageOperation> policies() {
    ContainerAcl acl = new ContainerAcl();
    String template = CONTAINER + "&comp=acl";
    return List.of(
        new StorageOperation("GET", template, StorageRight.READ_ACL, acl::read)
            .reading(Parameters.LEASE),
        new StorageOperation("HEAD", template, StorageRight.READ_ACL, acl::read)
            .reading(Parameters.LEASE),
        new StorageOperation("PUT", template, StorageRight.WRITE_ACL, acl::write)
            .reading(Parameters.TIMES.and(Parameters.CHECKSUMS).and("x-ms-blob-public-access")));
  }

  private List<StorageOperation> blobs() {
    BlobReads reads = new BlobReads();
    BlobWrites writes = new BlobWrites(new CopySource(authorizer, store));
    return List.of(
        new StorageOperation("GET", BLOB, StorageRight.READ, reads::get)
            .reading(BlobReads.CONTENT.and("snapshot")),
        new StorageOperation("HEAD", BLOB, StorageRight.READ, reads::properties)
            .reading(Parameters.CONDITIONS.and("snapshot")),
        new StorageOperation("GET", BLOB + "?comp=metadata", StorageRight.READ, reads::properties)
            .reading(Parameters.CONDITIONS.and("snapshot")),
        new StorageOperation("HEAD", BLOB + "?comp=metadata", StorageRight.READ, reads::properties)
            .reading(Parameters.CONDITIONS.and("snapshot")),
        new StorageOperation("PUT", BLOB, StorageRight.CREATE, writes::put)
            .reading(BlobWrites::parameters),
        new StorageOperation("DELETE", BLOB, StorageRight.DELETE, new BlobDeletion()::delete)
            .reading(BlobDeletion.PARAMETERS),
        new StorageOperation(
                "PUT", BLOB + "?comp=metadata", StorageRight.WRITE, writes::setMetadata)
            .reading(Parameters.CONDITIONS.and(Parameters.METADATA)),
        new StorageOperation(
                "PUT", BLOB + "?comp=properties", StorageRight.WRITE, writes::setProperties)
            .reading(Parameters.CONDITIONS.and(Parameters.CONTENT_HEADERS)),
        new StorageOperation("PUT", BLOB + "?comp=tier", StorageRight.WRITE, writes::setTier)
            .reading(
                Parameters.LEASE
                    .and(Parameters.IF_TAGS)
                    .and("x-ms-access-tier", "x-ms-rehydrate-priority")),
        new StorageOperation("PUT", BLOB + "?comp=copy", StorageRight.WRITE, writes::abortCopy)
            .reading(Parameters.LEASE.and("x-ms-copy-action", "copyid")));
  }

  private static List<StorageOperation> leasesAndSnapshots() {
    LeaseOperations leases = new LeaseOperations();
    SnapshotOperations snapshots = new SnapshotOperations();
    return List.of(
        new StorageOperation(
                "PUT", BLOB + "?comp=snapshot", StorageRight.SNAPSHOT, snapshots::create)
            .reading(Parameters.CONDITIONS.and(Parameters.METADATA)),
        new StorageOperation(
                "PUT", CONTAINER + "&comp=lease", StorageRight.WRITE_CONTAINER, leases::ofContainer)
            .reading(request -> LeaseOperations.parameters(request).and(Parameters.DATES)),
        new StorageOperation(
                "PUT", BLOB + "?comp=expiry", StorageRight.WRITE, new ExpiryOperations()::set)
            .reading(ExpiryOperations.HEADERS),
        new StorageOperation("PUT", BLOB + "?comp=lease", StorageRight.WRITE, leases::ofBlob)
            .reading(request -> LeaseOperations.parameters(request).and(Parameters.MATCHES)));
  }

  private static List<StorageOperation> tags() {
    TagOperations tags = new TagOperations();
    BlobSearch search = new BlobSearch();
    String template = BLOB + "?comp=tags";
    return List.of(
        new StorageOperation("GET", template, StorageRight.READ_TAGS, tags::get)
            .reading(Parameters.LEASE.and(Parameters.IF_TAGS).and("snapshot")),
        new StorageOperation("PUT", template, StorageRight.WRITE_TAGS, tags::set)
            .reading(Parameters.LEASE.and(Parameters.IF_TAGS).and(Parameters.CHECKSUMS)),
        new StorageOperation("GET", "/?comp=blobs", StorageRight.FIND, search::search)
            .reading("where", "marker", "maxresults"),
        new StorageOperation(
                "GET", CONTAINER + "&comp=blobs", StorageRight.FIND_IN_CONTAINER, search::search)
            .reading("where", "marker", "maxresults"));
  }

  private List<StorageOperation> blocks() {
    BlockOperations blocks = new BlockOperations(new CopySource(authorizer, store));
    String list = BLOB + "?comp=blocklist";
    return List.of(
        new StorageOperation("PUT", BLOB + "?comp=block", StorageRight.WRITE, blocks::put)
            .reading(BlockOperations::parameters),
        new StorageOperation("PUT", list, StorageRight.CREATE, blocks::commit)
            .reading(
                Parameters.CONDITIONS
                    .and(Parameters.CONTENT_HEADERS)
                    .and(Parameters.METADATA)
                    .and(Parameters.CHECKSUMS)
                    .and("x-ms-access-tier", "x-ms-tags")),
        new StorageOperation("GET", list, StorageRight.READ, blocks::list)
            .reading(Parameters.LEASE.and(Parameters.IF_TAGS).and("blocklisttype", "snapshot")),
        new StorageOperation(
                "PUT", BLOB + "?comp=appendblock", StorageRight.ADD, new AppendBlocks()::append)
            .reading(
                Parameters.CONDITIONS
                    .and(Parameters.CHECKSUMS)
                    .and("x-ms-blob-condition-maxsize", "x-ms-blob-condition-appendpos")));
  }
}
