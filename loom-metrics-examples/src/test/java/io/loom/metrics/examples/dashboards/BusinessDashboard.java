package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.GENRE;
import static io.loom.metrics.catalogue.Label.REASON;
import static io.loom.metrics.catalogue.LoomMeter.LLM_COST;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_FAILED;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_GENERATED;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_TRUNCATED;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_WORDS;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVE_GENERATION_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVE_LENGTH;
import static io.loom.metrics.examples.dashboards.Line.line;
import static io.loom.metrics.examples.dashboards.Objectives.QUANTILE;
import static io.loom.metrics.examples.dashboards.Scope.WHOLE;

import java.util.List;

/** What is told to readers, what they do with it, and whether it is good. */
final class BusinessDashboard {
    static final String UID = "loom-business";

    private static final Scope SEEN = Scope.of(Variable.GENRE);
    private static final ReaderPanels READERS = new ReaderPanels(SEEN);
    private static final RulePanels RULES = new RulePanels(SEEN);
    private static final int PER_MINUTE = 60;
    private static final int THOUSAND_WORDS = 1000;

    private BusinessDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                UID,
                "LOOM business insights",
                "Narratives, readers, story rules and the quality of what is told.",
                SEEN.variables(),
                List.of(
                        Row.of(
                                "At a glance",
                                line(told(), words(), READERS.open(), READERS.rating(), RULES.kept(), perNarrative())),
                        Row.of(
                                "Narratives",
                                line(byGenre(), wordsByGenre()),
                                line(durations(), durationByGenre()),
                                line(lengths(), failures())),
                        Row.of(
                                "Readers",
                                line(READERS.sessions(), READERS.openOverTime()),
                                line(READERS.interactions(), READERS.funnel())),
                        Row.of(
                                "Rules",
                                line(RULES.executed(), RULES.violations()),
                                line(RULES.bySeverity(), RULES.repairs())),
                        Row.of(
                                "Quality",
                                line(READERS.ratings(), READERS.satisfaction(), READERS.ratingOverTime()),
                                line(truncated(), RULES.perWords(), READERS.accepted())),
                        Row.collapsed(
                                "Sessions in depth",
                                line(READERS.sessionDuration(), READERS.sessionTurns(), READERS.sessionWords()),
                                line(READERS.expired(), READERS.regenerated(), READERS.rated())),
                        Row.collapsed("Money and rules in depth", line(perWords(), RULES.duration()))));
    }

    private static Panel told() {
        return Panel.stat("Narratives", Unit.COUNT)
                .says("In the time that is chosen above.")
                .shows(SEEN.of(NARRATIVES_GENERATED).increase().sum());
    }

    private static Panel words() {
        return Panel.stat("Words", Unit.COUNT)
                .says("In the time that is chosen above.")
                .shows(SEEN.of(NARRATIVES_WORDS).increase().sum());
    }

    private static Panel perNarrative() {
        return Panel.stat("Cost of a narrative", Unit.DOLLARS)
                .says("Of all genres, since a call does not know its genre.")
                .shows(WHOLE.of(LLM_COST)
                        .increase()
                        .sum()
                        .per(WHOLE.of(NARRATIVES_GENERATED).increase().sum()));
    }

    private static Panel byGenre() {
        return Panel.graph("Narratives by genre", Unit.PER_MINUTE)
                .shows(SEEN.of(NARRATIVES_GENERATED).rate().sum(GENRE).times(PER_MINUTE))
                .stacked();
    }

    private static Panel wordsByGenre() {
        return Panel.graph("Words by genre", Unit.PER_MINUTE)
                .shows(SEEN.of(NARRATIVES_WORDS).rate().sum(GENRE).times(PER_MINUTE))
                .stacked();
    }

    private static Panel durations() {
        Selector duration = SEEN.of(NARRATIVE_GENERATION_DURATION);
        return Panel.graph("Time to tell a narrative", Unit.SECONDS)
                .showsAs("p50", duration.quantile(0.5))
                .showsAs("p95", duration.quantile(QUANTILE))
                .withTraces();
    }

    private static Panel durationByGenre() {
        return Panel.graph("Time to tell a narrative, p95 by genre", Unit.SECONDS)
                .shows(SEEN.of(NARRATIVE_GENERATION_DURATION).quantile(QUANTILE, GENRE))
                .withTraces();
    }

    private static Panel lengths() {
        Selector length = SEEN.of(NARRATIVE_LENGTH);
        return Panel.graph("Words of a narrative", Unit.COUNT)
                .showsAs("p50", length.quantile(0.5))
                .showsAs("p95", length.quantile(QUANTILE))
                .showsAs("mean", length.mean());
    }

    private static Panel failures() {
        return Panel.graph("Failed narratives by reason", Unit.PER_MINUTE)
                .shows(SEEN.of(NARRATIVES_FAILED).rate().sum(REASON).times(PER_MINUTE))
                .stacked();
    }

    private static Panel truncated() {
        Promql cut = SEEN.of(NARRATIVES_TRUNCATED).rate().sum(GENRE);
        return Panel.graph("Cut off", Unit.SHARE)
                .says("Share of the narratives that were told, whole or not.")
                .shows(cut.per(SEEN.of(NARRATIVES_GENERATED).rate().sum(GENRE).plus(cut)));
    }

    private static Panel perWords() {
        return Panel.graph("Cost of 1,000 words", Unit.DOLLARS)
                .says("Of all genres, since a call does not know its genre.")
                .shows(WHOLE.of(LLM_COST)
                        .rate()
                        .sum()
                        .times(THOUSAND_WORDS)
                        .per(WHOLE.of(NARRATIVES_WORDS).rate().sum()));
    }
}
