package io.loom.metrics.prometheus.api;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/** What the JVM tells of itself. Micrometer's meters of it come first, where they are bound. */
final class Jvm {
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final LabelValues NO_LABELS = new LabelValues();

    private Jvm() {}

    static void read(Sheet sheet) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        sheet.add(Figure.HEAP_USED, NO_LABELS, (double) heap.getUsed());
        sheet.add(Figure.HEAP_MAX, NO_LABELS, orNaN(heap.getMax()));
        sheet.add(Figure.THREADS, NO_LABELS, ManagementFactory.getThreadMXBean().getThreadCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            sheet.add(Figure.GC_SECONDS, NO_LABELS, orNaN(collector.getCollectionTime()) / MILLIS_PER_SECOND);
        }
    }

    /** {@return how long the process is up} */
    static double uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND;
    }

    static double heapUsed(Reading reading) {
        return bound(reading, Figure.BOUND_HEAP_USED, Figure.HEAP_USED);
    }

    static double threads(Reading reading) {
        return bound(reading, Figure.BOUND_THREADS, Figure.THREADS);
    }

    static double gcSeconds(Reading reading) {
        @Nullable Histogram pauses = reading.histogram(Figure.BOUND_GC_PAUSE, Subject.ALL);
        return pauses == null ? reading.amount(Figure.GC_SECONDS, Subject.ALL) : pauses.sum();
    }

    static double gcRatio(Span span) {
        @Nullable Histogram pauses = span.histogram(Figure.BOUND_GC_PAUSE, Subject.ALL);
        return pauses == null ? span.rate(Figure.GC_SECONDS, Subject.ALL) : pauses.sum() / span.seconds();
    }

    private static double bound(Reading reading, Figure meter, Figure bean) {
        double known = reading.amount(meter, Subject.ALL);
        return Double.isNaN(known) ? reading.amount(bean, Subject.ALL) : known;
    }

    /** The JDK says "not known" by a negative number. */
    private static double orNaN(long value) {
        return value < 0 ? Double.NaN : (double) value;
    }
}
