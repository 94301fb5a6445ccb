package mlops.emulator.blob.request;

import java.util.function.UnaryOperator;
import mlops.emulator.http.ApiException;

/**
 * A host of the data plane of storage.
 *
 * @param template such as {@code {account}.blob.core.windows.net}
 * @param server its {@code Server} header
 * @param wording puts a failure into the words of this host
 */
public record StorageHost(String template, String server, UnaryOperator<ApiException> wording) {}
