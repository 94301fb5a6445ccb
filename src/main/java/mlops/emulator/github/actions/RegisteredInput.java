package mlops.emulator.github.actions;

import java.util.List;

/**
 * What a workflow asks of who dispatches it.
 *
 * @param type {@code string}, {@code boolean}, {@code number}, {@code choice} or {@code
 *     environment}
 * @param standard what it is where nobody says it
 * @param options of a choice
 */
public record RegisteredInput(
    String name, String type, boolean required, String standard, List<String> options) {}
