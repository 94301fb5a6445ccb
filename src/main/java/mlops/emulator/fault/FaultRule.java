package mlops.emulator.fault;

/**
 * One thing that goes wrong.
 *
 * @param place where it is asked for, such as {@code faults.yml:3:5}
 */
public record FaultRule(RequestPattern when, FaultTurn turn, FaultEffect effect, String place) {}
