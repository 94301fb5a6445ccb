package mlops.emulator.github.actions;

/**
 * What a step says of a file, by {@code ::error file=…::}.
 *
 * @param level {@code failure}, {@code warning} or {@code notice}
 * @param path of the file; {@code .github} where it is about none, as GitHub has it
 */
public record Annotation(String level, String path, int line, String title, String message) {}
