package io.loom.metrics.prometheus.cell;

import io.loom.metrics.spi.CountedDurations;
import io.loom.metrics.spi.Durations;

/**
 * Durations that lie with all others of a cell, and are counted apart, and before. Thread-safe;
 * lock-free.
 *
 * @param cell where they are recorded
 * @param tallies has their count
 * @param number which of the counts it is
 */
record Tally(CountedCell cell, Tallies tallies, int number) implements CountedDurations, Copies.Copied {
    @Override
    public Durations counted() {
        tallies.increment(number, cell.isSpread());
        return cell;
    }

    @Override
    public Durations durations() {
        return cell;
    }

    @Override
    public long countHere(Copies copies) {
        return cell.countOf(tallies, number, copies);
    }

    @Override
    public long countHere() {
        return tallies.count(number);
    }
}
