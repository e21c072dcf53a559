package io.loom.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Linux's {@code /proc/<pid>/status}; see proc(5). Thread-safe: every read opens the file anew. */
final class ProcStatus {
    private static final Pattern KIB = Pattern.compile("\\s*(\\d{1,15}) kB");
    private static final double BYTES_PER_KIB = 1024;

    private final Path file;

    ProcStatus(Path file) {
        this.file = file;
    }

    /** {@return the size on the line that starts with {@code key}, or NaN where there is none} */
    double bytes(String key) {
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(key)) {
                    return parse(line.substring(key.length()));
                }
            }
        } catch (IOException e) {
            return Double.NaN; // not Linux, or /proc is not mounted
        }
        return Double.NaN;
    }

    private static double parse(String text) {
        Matcher size = KIB.matcher(text);
        return size.matches() ? Long.parseLong(size.group(1)) * BYTES_PER_KIB : Double.NaN;
    }
}
