package io.loom.metrics.weaving;

/** Who is told what weaving found. Thread-safe. */
interface Report {
    /** Something is wrong with a method, which is not woven. */
    void problem(String problem);

    /** Something is odd. */
    void warning(String warning);
}
