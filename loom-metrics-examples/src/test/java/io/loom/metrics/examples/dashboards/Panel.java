package io.loom.metrics.examples.dashboards;

import java.util.ArrayList;
import java.util.List;

/**
 * One picture. Its description is made from the metrics that its queries name: see {@link Descriptions}.
 *
 * @param kind how it shows its data
 * @param title what it shows
 * @param note what a reader should know beside the meaning of the metrics; may be empty
 * @param style how values look
 * @param targets what it shows
 * @param links where it leads
 */
record Panel(PanelKind kind, String title, String note, Style style, List<Target> targets, List<Link> links) {
    Panel {
        targets = List.copyOf(targets);
        links = List.copyOf(links);
    }

    /** {@return one number, large} */
    static Panel stat(String title, Unit unit) {
        return of(PanelKind.STAT, title, unit);
    }

    /** {@return one number between good and bad} */
    static Panel gauge(String title, Unit unit) {
        return of(PanelKind.GAUGE, title, unit);
    }

    /** {@return a bar for each series} */
    static Panel bars(String title, Unit unit) {
        return of(PanelKind.BAR_GAUGE, title, unit);
    }

    /** {@return lines over time} */
    static Panel graph(String title, Unit unit) {
        return of(PanelKind.TIME_SERIES, title, unit);
    }

    /** {@return a histogram over time} */
    static Panel heatmap(String title, Unit unit) {
        return of(PanelKind.HEATMAP, title, unit);
    }

    /** {@return a line for each series and a column for each query} */
    static Panel table(String title) {
        return of(PanelKind.TABLE, title, Unit.COUNT);
    }

    /** {@return the same, with another query; its series are called after their labels} */
    Panel shows(Promql query) {
        return shows(query.labels().isEmpty() ? title : query.legend(), query);
    }

    /** {@return the same, with another query} */
    Panel shows(String legend, Promql query) {
        return column(legend, style.unit(), query);
    }

    /** {@return the same, with another query whose series are called after a word and their labels} */
    Panel showsAs(String word, Promql query) {
        return shows(query.labels().isEmpty() ? word : word + ' ' + query.legend(), query);
    }

    /** {@return the same, with another column} */
    Panel column(String name, Unit unit, Promql query) {
        List<Target> more = new ArrayList<>(targets);
        more.add(new Target(query, name, unit));
        return new Panel(kind, title, note, style, more, links);
    }

    /** {@return the same, with something to know about it} */
    Panel says(String sentence) {
        return new Panel(kind, title, sentence, style, targets, links);
    }

    /** {@return the same, which leads to a dashboard} */
    Panel leadsTo(Link link) {
        return new Panel(kind, title, note, style, targets, List.of(link));
    }

    /** {@return the same, bad from {@code limit} on} */
    Panel below(double limit) {
        return with(style.judged(Threshold.below(limit)));
    }

    /** {@return the same, good from {@code floor} on} */
    Panel atLeast(double floor) {
        return with(style.judged(Threshold.atLeast(floor)));
    }

    /** {@return the same, with series on top of each other} */
    Panel stacked() {
        return with(new Style(style.unit(), style.thresholds(), true, style.traces(), style.empty(), style.words()));
    }

    /** {@return the same, with exemplars: points that lead to traces} */
    Panel withTraces() {
        return with(new Style(style.unit(), style.thresholds(), style.stacked(), true, style.empty(), style.words()));
    }

    /** {@return the same, which says this where there is nothing} */
    Panel emptyMeans(String text) {
        return with(new Style(style.unit(), style.thresholds(), style.stacked(), style.traces(), text, style.words()));
    }

    /** {@return the same, with a word for 0 and one for 1} */
    Panel words(String zero, String one) {
        return with(new Style(
                style.unit(), style.thresholds(), style.stacked(), style.traces(), style.empty(), List.of(zero, one)));
    }

    private static Panel of(PanelKind kind, String title, Unit unit) {
        return new Panel(kind, title, "", Style.of(unit), List.of(), List.of());
    }

    private Panel with(Style other) {
        return new Panel(kind, title, note, other, targets, links);
    }
}
