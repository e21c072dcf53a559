package io.loom.metrics.examples.dashboards;

import java.util.List;

/**
 * How the values of a panel look.
 *
 * @param unit of the values
 * @param thresholds from where on they have a colour, in order
 * @param stacked whether series stand on top of each other
 * @param traces whether exemplars are shown
 * @param empty what to say where there is no value
 * @param words for the values 0, 1 and so on; none to show the values
 */
record Style(Unit unit, List<Threshold> thresholds, boolean stacked, boolean traces, String empty, List<String> words) {
    static final String NO_TRAFFIC = "no traffic";

    Style {
        thresholds = List.copyOf(thresholds);
        words = List.copyOf(words);
    }

    static Style of(Unit unit) {
        return new Style(unit, Threshold.none(), false, false, NO_TRAFFIC, List.of());
    }

    Style judged(List<Threshold> judgement) {
        return new Style(unit, judgement, stacked, traces, empty, words);
    }

    /** {@return whether some values are good and others bad} */
    boolean judges() {
        return thresholds.size() > 1;
    }
}
