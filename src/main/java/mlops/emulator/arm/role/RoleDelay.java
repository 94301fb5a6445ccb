package mlops.emulator.arm.role;

import java.time.Clock;
import java.time.Duration;

/**
 * How long a new role assignment takes until the data plane honours it.
 *
 * @param clock by which that time passes; it may be ahead of the one that stamps what is written
 */
public record RoleDelay(Duration time, Clock clock) {}
