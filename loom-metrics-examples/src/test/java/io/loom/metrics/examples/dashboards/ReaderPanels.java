package io.loom.metrics.examples.dashboards;

import static io.loom.metrics.catalogue.Label.INTERACTION_TYPE;
import static io.loom.metrics.catalogue.LoomMeter.NARRATIVES_GENERATED;
import static io.loom.metrics.catalogue.LoomMeter.SESSIONS;
import static io.loom.metrics.catalogue.LoomMeter.SESSIONS_ACTIVE;
import static io.loom.metrics.catalogue.LoomMeter.SESSIONS_EXPIRED;
import static io.loom.metrics.catalogue.LoomMeter.SESSION_DURATION;
import static io.loom.metrics.catalogue.LoomMeter.SESSION_TURNS;
import static io.loom.metrics.catalogue.LoomMeter.SESSION_WORDS;
import static io.loom.metrics.catalogue.LoomMeter.USER_INTERACTIONS;
import static io.loom.metrics.catalogue.LoomMeter.USER_RATING;
import static io.loom.metrics.catalogue.LoomMeter.USER_SATISFACTION_SCORE;
import static io.loom.metrics.examples.dashboards.Objectives.QUANTILE;
import static io.loom.metrics.examples.dashboards.Scope.WHOLE;

/** What readers do, and how they like it. */
record ReaderPanels(Scope seen) {
    private static final int PER_MINUTE = 60;

    Panel open() {
        return Panel.stat("Open sessions", Unit.COUNT)
                .shows(seen.of(SESSIONS_ACTIVE).now().sum());
    }

    Panel rating() {
        Selector rating = seen.of(USER_RATING);
        return Panel.stat("Mean rating", Unit.NONE)
                .says("1 to 5, in the time that is chosen above.")
                .shows(rating.part("_sum")
                        .increase()
                        .sum()
                        .per(rating.part("_count").increase().sum()))
                .emptyMeans("no ratings");
    }

    Panel sessions() {
        return Panel.graph("Sessions opened", Unit.PER_MINUTE)
                .shows(seen.of(SESSIONS).rate().sum().times(PER_MINUTE));
    }

    Panel openOverTime() {
        return Panel.graph("Sessions open", Unit.COUNT)
                .shows(seen.of(SESSIONS_ACTIVE).now().sumBy("instance"))
                .stacked();
    }

    Panel interactions() {
        return Panel.graph("Interactions", Unit.PER_MINUTE)
                .shows(seen.of(USER_INTERACTIONS).rate().sum(INTERACTION_TYPE).times(PER_MINUTE))
                .stacked();
    }

    Panel funnel() {
        return Panel.bars("What readers do with narratives", Unit.COUNT)
                .says("In the time that is chosen above.")
                .shows(seen.of(USER_INTERACTIONS).increase().sum(INTERACTION_TYPE));
    }

    Panel ratings() {
        return Panel.bars("Ratings", Unit.COUNT)
                .says("How many of each, in the time that is chosen above.")
                .shows(seen.of(USER_RATING).part("_bucket").increase().sumBy("le"))
                .emptyMeans("no ratings");
    }

    Panel satisfaction() {
        return Panel.graph("Satisfaction by instance", Unit.NONE)
                .says("Never add these up, and take no mean of them: instances have different numbers of ratings.")
                .shows(seen.of(USER_SATISFACTION_SCORE).now().by("instance"))
                .emptyMeans("no ratings");
    }

    Panel ratingOverTime() {
        return Panel.graph("Mean rating over time", Unit.NONE)
                .says("1 to 5, of all instances.")
                .shows(seen.of(USER_RATING).mean())
                .emptyMeans("no ratings");
    }

    Panel accepted() {
        return Panel.graph("Accepted", Unit.SHARE)
                .says("Share of the decisions to accept, reject, regenerate or abandon.")
                .shows(interaction("accept").per(interaction("accept|reject|regenerate|abandon")));
    }

    Panel regenerated() {
        return Panel.graph("Regenerated", Unit.SHARE)
                .says("For each narrative that was told, of all genres.")
                .shows(interaction("regenerate").per(narratives()));
    }

    Panel rated() {
        return Panel.graph("Rated", Unit.SHARE)
                .says("For each narrative that was told, of all genres.")
                .shows(seen.of(USER_RATING).part("_count").rate().sum().per(narratives()));
    }

    Panel sessionDuration() {
        return Panel.graph("Time of a session", Unit.SECONDS)
                .showsAs("p50", seen.of(SESSION_DURATION).quantile(0.5))
                .showsAs("p95", seen.of(SESSION_DURATION).quantile(QUANTILE));
    }

    Panel sessionTurns() {
        return Panel.graph("Turns of a session", Unit.COUNT)
                .showsAs("p95", seen.of(SESSION_TURNS).quantile(QUANTILE))
                .showsAs("mean", seen.of(SESSION_TURNS).mean());
    }

    Panel sessionWords() {
        return Panel.graph("Words of a session", Unit.COUNT)
                .showsAs("p95", seen.of(SESSION_WORDS).quantile(QUANTILE))
                .showsAs("mean", seen.of(SESSION_WORDS).mean());
    }

    Panel expired() {
        return Panel.graph("Sessions left open", Unit.PER_MINUTE)
                .shows(seen.of(SESSIONS_EXPIRED).rate().sum().times(PER_MINUTE));
    }

    private Promql interaction(String types) {
        return seen.of(USER_INTERACTIONS)
                .where("interaction_type=~\"" + types + '"')
                .rate()
                .sum();
    }

    private static Promql narratives() {
        return WHOLE.of(NARRATIVES_GENERATED).rate().sum();
    }
}
