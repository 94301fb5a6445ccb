package mlops.emulator.blob.content;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrived, in a file that nothing points to yet.
 *
 * @param size in bytes
 * @param md5 in base64; null where nobody asked for it
 * @param crc64 in base64
 */
public record WrittenFile(Path file, long size, @Nullable String md5, String crc64) {}
