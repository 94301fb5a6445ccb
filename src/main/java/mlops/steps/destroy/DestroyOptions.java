package mlops.steps.destroy;

import java.util.Optional;
import mlops.steps.github.disconnect.GitHubConnection;

/**
 * How to destroy.
 *
 * @param purge whether workspaces and key vaults go for good; else they can be recovered, and what
 *     they stand on stays
 * @param gitHub the repository that was connected; empty where none was, or it is to be left
 */
public record DestroyOptions(boolean purge, Optional<GitHubConnection> gitHub) {}
