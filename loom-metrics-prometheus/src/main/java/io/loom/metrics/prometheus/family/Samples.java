package io.loom.metrics.prometheus.family;

import java.io.IOException;

/** What one series of a family has to show. */
public interface Samples {
    /** {@return whose they are: what may take them off the page, and what a message names} */
    Object owner();

    /**
     * Reads the values and passes them on. Foreign functions may throw here, but only before anything was passed on, so that
     * they cost their own lines and no others.
     *
     * @param labels the encoded labels of the series
     */
    void visit(byte[] labels, SampleVisitor visitor) throws IOException;
}
