package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses at a level. The stream below stays open, whoever ends this one. Not thread-safe. */
final class Gzip extends GZIPOutputStream {
    private static final int BUFFER = 8 * 1024;

    /** @param level 1 is fast, 9 is small */
    Gzip(OutputStream out, int level) throws IOException {
        super(out, BUFFER);
        def.setLevel(level);
    }

    /** {@return whether a client that sends such an {@code Accept-Encoding} header, or none, likes it at least as well as plain} */
    static boolean isWanted(@Nullable String acceptEncoding) {
        double gzip = -1;
        double plain = 0;
        double any = 0;
        for (Weighted coding : Weighted.parse(acceptEncoding)) {
            switch (coding.value()) {
                case "gzip", "x-gzip" -> gzip = Math.max(gzip, coding.weight());
                case "identity" -> plain = coding.weight();
                case "*" -> any = coding.weight();
                default -> {} // no coding of ours
            }
        }
        double weight = gzip >= 0 ? gzip : any;
        return weight > 0 && weight >= plain;
    }

    /** Gives back the memory beside the heap. */
    void release() {
        def.end();
    }
}
