package mlops.plan;

import java.time.Duration;

/**
 * Something that a step follows while it works, such as a child of a pipeline job.
 *
 * @param state its state in Azure's word, such as {@code Running}
 * @param detail the newest line of its log, or empty
 */
public record Activity(String name, String state, Duration elapsed, String detail) {}
