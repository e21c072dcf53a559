package io.loom.metrics.prometheus.family;

import java.io.IOException;

/** One series of a family, and what it has to show. */
public interface Samples {
    /** {@return the family that the series is in} */
    Family family();

    /** {@return the encoded labels of the series; not to be changed} */
    byte[] labels();

    /** {@return whose they are; for messages} */
    Object owner();

    /**
     * {@return whether there is nothing to show now} A family of such series only is not on the page. Throws as
     * {@link #visit} does.
     */
    default boolean isEmpty() {
        return false;
    }

    /**
     * Reads the values and passes them on. Where a foreign function fails, in whatever way, a {@link RuntimeException} says so
     * before anything was passed on: it costs these lines and no others. What the visitor throws goes through.
     */
    void visit(SampleVisitor visitor) throws IOException;
}
