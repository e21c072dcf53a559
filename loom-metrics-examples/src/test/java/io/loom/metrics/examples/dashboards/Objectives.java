package io.loom.metrics.examples.dashboards;

/** Where good ends: the thresholds of the alerts and of the service level objectives. */
final class Objectives {
    /** Of requests may fail. */
    static final double ERROR_SHARE = 0.05;

    /** What 95 of 100 requests take at most. */
    static final double LATENCY_SECONDS = 2;

    /** When a streamed answer begins. */
    static final double FIRST_TOKEN_SECONDS = 2;

    /** Resident memory of the process: 512 MB. */
    static final double MEMORY_BYTES = 512 * 1024 * 1024;

    /** The percentile that these speak of. */
    static final double QUANTILE = 0.95;

    private Objectives() {}
}
