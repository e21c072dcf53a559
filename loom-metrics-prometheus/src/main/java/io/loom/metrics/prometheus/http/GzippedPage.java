package io.loom.metrics.prometheus.http;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A page that is compressed while it is written, unless it is too short to be worth it. So its beginning is held back, and so
 * are the headers. One for each scrape; not thread-safe.
 */
final class GzippedPage extends OutputStream {
    private final MetricsPage.Response response;
    private final MetricsPage.Head plain;
    private final int level;
    private final byte[] held;
    private int count;
    private @Nullable Gzip gzip;

    /**
     * Creates a page.
     *
     * @param plain the head of a page that is not compressed
     * @param threshold the fewest bytes that are compressed
     */
    GzippedPage(MetricsPage.Response response, MetricsPage.Head plain, int level, int threshold) {
        this.response = response;
        this.plain = plain;
        this.level = level;
        this.held = new byte[Math.max(0, threshold - 1)];
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (gzip == null && length <= held.length - count) {
            System.arraycopy(bytes, from, held, count, length);
            count += length;
        } else {
            begun().write(bytes, from, length);
        }
    }

    /** Sends the rest of the page. */
    void finish() throws IOException {
        if (gzip != null) {
            gzip.finish();
        } else {
            response.begin(plain.with("Content-Length", Integer.toString(count)))
                    .write(held, 0, count);
        }
    }

    /** Gives back the memory beside the heap. The response stays open. */
    @Override
    public void close() {
        if (gzip != null) {
            gzip.release();
        }
    }

    private Gzip begun() throws IOException {
        if (gzip == null) {
            gzip = new Gzip(response.begin(plain.with("Content-Encoding", "gzip")), level);
            gzip.write(held, 0, count);
        }
        return gzip;
    }
}
