package io.loom.metrics.prometheus.family;

import java.io.IOException;

/** One series of a family, and what it has to show. */
public interface Samples {
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
     * Looks at what {@link #visit} is about to read, without side effect. A walk peeks at all series of a leaf before it visits
     * the first, so that it waits for their memory at once, not one after the other.
     *
     * @return anything, so that looking cannot be left out
     */
    default long peek() {
        return 0;
    }

    /**
     * Reads the values and passes them on. Where a foreign function fails, in whatever way, a {@link RuntimeException} says so
     * before anything was passed on: it costs these lines and no others. What the visitor throws goes through.
     */
    void visit(Labels labels, SampleVisitor visitor) throws IOException;
}
