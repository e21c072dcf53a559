package io.loom.metrics.prometheus.differential;

/**
 * What may differ between the values of a meter's samples, by the type of the meter. A NaN is the same as a NaN. Where amounts
 * are added up as doubles, ours are added in another order, so the sum may differ in its last bits.
 */
enum Normaliser {
    COUNTER("_total"),
    GAUGE(Normaliser.NOTHING),
    TIMER("_sum"),
    SUMMARY("_sum"),
    LONG_TASK_TIMER(Normaliser.NOTHING),
    FUNCTIONS(Normaliser.NOTHING),
    CUSTOM(Normaliser.NOTHING),
    MULTI_GAUGE(Normaliser.NOTHING),
    INFO(Normaliser.NOTHING);

    private static final String NOTHING = "";
    private static final int LAST_BITS = 4;

    /** The suffix of the samples that are sums of doubles. */
    private final String sums;

    Normaliser(String sums) {
        this.sums = sums;
    }

    boolean isSame(String sample, double our, double their) {
        if (Double.compare(our, their) == 0 || our == their) {
            return true;
        }
        boolean isSum = !sums.isEmpty() && sample.endsWith(sums);
        return isSum && Math.abs(our - their) <= LAST_BITS * Math.ulp(their);
    }
}
