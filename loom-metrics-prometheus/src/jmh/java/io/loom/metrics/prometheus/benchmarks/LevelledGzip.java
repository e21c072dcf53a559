package io.loom.metrics.prometheus.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** gzip at a level of the caller's choice; the JDK's own class always uses 6. */
final class LevelledGzip extends GZIPOutputStream {
    LevelledGzip(OutputStream out, int level) throws IOException {
        super(out);
        def.setLevel(level);
    }
}
