package mlops.assets.job;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a job file has to offer to whoever submits it.
 *
 * @param type {@code pipeline}, {@code command}, {@code spark} or {@code sweep}
 * @param inputs the type of each input of the job, such as {@code uri_folder} or {@code integer}
 * @param jobs the names of the jobs of a pipeline, in the order of the file
 * @param openInputs where a value may be put in by {@code FieldOverrides}, because a component
 *     takes one and the file gives none: {@code jobs.evaluate_model.inputs.champion}
 * @param outputs the names of the outputs of the job
 * @param registers the asset whose next version an output becomes, by output
 */
public record JobSummary(
    String type,
    Map<String, String> inputs,
    List<String> jobs,
    List<String> openInputs,
    Set<String> outputs,
    Map<String, String> registers) {}
