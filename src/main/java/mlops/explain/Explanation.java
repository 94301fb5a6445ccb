package mlops.explain;

import java.util.List;
import java.util.Optional;

/**
 * What a learner is told of a step, in the names of a profile.
 *
 * @param why why the step is there, for somebody who is new to it
 * @param az the line of Azure's own client that does the same, ready to paste; empty where none
 *     does
 * @param withoutAz what there is instead of such a line; empty where there is one
 * @param gh the lines of GitHub's own client that do the same, where az knows nothing of it; empty
 *     where none do
 * @param rest the request that it comes down to; what only Azure knows stands in braces
 * @param look a line that shows what the step made
 * @param docs a page of Microsoft's documentation
 * @param source the place in the profile, or the file, that the step comes from
 */
public record Explanation(
    String why,
    Optional<String> az,
    Optional<String> withoutAz,
    List<String> gh,
    String rest,
    String look,
    String docs,
    String source) {}
