package io.loom.metrics.prometheus.benchmarks;

import java.io.OutputStream;

/** Keeps nothing but the number of bytes. Not thread-safe. */
final class CountingSink extends OutputStream {
    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public void write(int b) {
        bytes++;
    }

    @Override
    public void write(byte[] block, int offset, int length) {
        bytes += length;
    }
}
