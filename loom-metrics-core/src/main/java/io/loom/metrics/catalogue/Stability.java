package io.loom.metrics.catalogue;

/** What a reader of a metric may rely on. */
public enum Stability {
    /** Name, labels and meaning change only with a major version. */
    STABLE,
    /** May change with a minor version; the changelog says so. */
    EXPERIMENTAL
}
