package io.loom.metrics.prometheus.family;

import io.loom.metrics.prometheus.cell.Copies;

/** A series that shares counts with others. A page reads it before all that has no such part, so that the copies are of one moment. */
public interface Early extends Samples {
    /** Reads the counts that are shared, and keeps the value that {@link #visit} is to pass on. */
    void readEarly(Copies copies);
}
