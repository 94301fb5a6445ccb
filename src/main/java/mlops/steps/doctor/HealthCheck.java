package mlops.steps.doctor;

import java.util.function.Supplier;

/**
 * One thing to look at.
 *
 * @param area what it is of, such as {@code machine}
 * @param name one word for people and programs, such as {@code python}
 * @param look gives what was found; a failure of it is a finding, too
 */
public record HealthCheck(String area, String name, Supplier<HealthFinding> look) {}
