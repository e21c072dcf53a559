package io.loom.metrics.prometheus.family;

/** Series that grow when something is recorded, so that idle ones can be told. */
public interface Recorded extends Samples {
    /** {@return a number that is 0 before anything was recorded, and another one each time that something was} */
    long recordings();
}
