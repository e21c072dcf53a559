package io.loom.metrics.prometheus.http;

import io.loom.metrics.prometheus.ExpositionFormat;
import io.loom.metrics.prometheus.LoomPrometheusRegistry;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Builds a {@link MetricsPage}: all formats, gzip at level 1 from 2 KiB on, 240 scrapes at once. Not thread-safe. */
public final class MetricsPageBuilder {
    private static final int MAX_LEVEL = 9;
    private static final int MAX_THRESHOLD = 64 * 1024;

    final LoomPrometheusRegistry registry;
    Set<ExpositionFormat> formats = EnumSet.allOf(ExpositionFormat.class);
    int gzipLevel = 1;
    int gzipThreshold = 2 * 1024;
    /** More than the 200 slow clients that must not be in the way of others. */
    int concurrentScrapes = 240;

    MetricsPageBuilder(LoomPrometheusRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Sets which formats may be served. Who asks for none of them gets {@link ExpositionFormat#TEXT} if it is among them, else
     * the first.
     *
     * @throws IllegalArgumentException where there are none
     */
    public MetricsPageBuilder formats(Collection<ExpositionFormat> formats) {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("formats must be one or more: was []");
        }
        this.formats = EnumSet.copyOf(formats);
        return this;
    }

    /**
     * Sets how hard to compress for those who ask for it.
     *
     * @param level 1 is fast, 9 is small, 0 is not at all
     * @throws IllegalArgumentException where it is out of range
     */
    public MetricsPageBuilder gzipLevel(int level) {
        this.gzipLevel = inRange("gzip level", level, 0, MAX_LEVEL);
        return this;
    }

    /**
     * Sets from which length on a page is compressed.
     *
     * @param bytes up to 65536, which are held back for each scrape until it is known whether the page is so long
     * @throws IllegalArgumentException where it is out of range
     */
    public MetricsPageBuilder gzipThreshold(int bytes) {
        this.gzipThreshold = inRange("gzip threshold", bytes, 0, MAX_THRESHOLD);
        return this;
    }

    /**
     * Sets how many scrapes may be under way at once. More are answered by 503 and {@code Retry-After}. A client that reads
     * slowly is in the midst of a scrape for as long.
     *
     * @throws IllegalArgumentException where it is not positive
     */
    public MetricsPageBuilder concurrentScrapes(int limit) {
        this.concurrentScrapes = inRange("concurrent scrapes", limit, 1, Integer.MAX_VALUE);
        return this;
    }

    /** {@return the page} Its durations are on it from now on. */
    public MetricsPage build() {
        return new MetricsPage(this);
    }

    static int inRange(String subject, int value, int least, int most) {
        if (value < least || value > most) {
            String range = most == Integer.MAX_VALUE ? " or more" : " to " + most;
            throw new IllegalArgumentException(subject + " must be " + least + range + ": was " + value);
        }
        return value;
    }
}
