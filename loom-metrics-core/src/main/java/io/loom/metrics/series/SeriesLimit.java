package io.loom.metrics.series;

/**
 * How many series a table may hold, and how many of them partly folded.
 *
 * <p>Thread-safe and lock-free; never grants more than it has. The reserve for partly folded series is shared out by how much
 * of them is folded: those with fewer labels left get at what the others must leave, so that a label with few values still finds
 * a place when two others are flooded. Series that keep values of a label over its budget get a quarter of their share, so that
 * the standard budget of a label that is not flooded fits beside them.
 */
public final class SeriesLimit {
    private final int wholeLimit;
    private final int reserve;
    private final Places whole = new Places();
    private final Places partial = new Places();

    private SeriesLimit(int wholeLimit, int reserve) {
        this.wholeLimit = wholeLimit;
        this.reserve = reserve;
    }

    /** {@return a limit with a reserve of a quarter beside it} */
    public static SeriesLimit of(int series) {
        return new SeriesLimit(series, series / 4);
    }

    /** {@return a limit for tables whose values have passed another's gates} */
    public static SeriesLimit none() {
        return new SeriesLimit(Integer.MAX_VALUE, 0);
    }

    boolean takeWhole() {
        return whole.take(wholeLimit);
    }

    void giveWholeBack() {
        whole.giveBack();
    }

    /**
     * Takes a place for a partly folded series.
     *
     * @param folded how many labels are folded, at least 1
     * @param open how many could be, more than {@code folded}
     * @param floodLeft whether the next label to fold, not the last one, is over its budget
     */
    boolean takePartial(int folded, int open, boolean floodLeft) {
        return partial.take(share(folded, open) / (floodLeft ? 4 : 1));
    }

    void givePartialBack() {
        partial.giveBack();
    }

    private int share(int folded, int open) {
        return (int) ((long) reserve * folded / (open - 1));
    }
}
