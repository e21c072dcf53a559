package io.loom.metrics;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Linux's {@code /proc/<pid>/status}; see proc(5). Thread-safe: every read opens the file anew. */
final class ProcStatus {
    private static final Pattern KIB = Pattern.compile("\\s*(\\d{1,15}) kB");
    private static final double BYTES_PER_KIB = 1024;

    /** Linux writes less than half of it. */
    private static final int LONGEST = 4096;

    private final Path file;

    ProcStatus(Path file) {
        this.file = file;
    }

    /** {@return the size on the line that starts with {@code key}, or NaN where there is none} */
    double bytes(String key) {
        try {
            return read().lines()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> parse(line.substring(key.length())))
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN; // not Linux, or /proc is not mounted
        }
    }

    /** By one small buffer: each scrape reads it, and is to allocate little. */
    private String read() throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] text = new byte[LONGEST];
            return new String(text, 0, in.readNBytes(text, 0, LONGEST), StandardCharsets.ISO_8859_1);
        }
    }

    private static double parse(String text) {
        Matcher size = KIB.matcher(text);
        return size.matches() ? Long.parseLong(size.group(1)) * BYTES_PER_KIB : Double.NaN;
    }
}
