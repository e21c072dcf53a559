package io.loom.metrics.examples.story;

import io.loom.metrics.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules that a story is held to. Each is one check of the text, and a violation of it always weighs the same. */
public enum StoryRule {
    /** A story has one hero. */
    CONSISTENCY(Severity.MAJOR, StoryRule::hasOneHero),
    /** The hero is there all the time, not only at the start and the end. */
    CHARACTERIZATION(Severity.MINOR, StoryRule::heroStays),
    /** What everyone knows is not contradicted. */
    FACTUAL_DETAIL(Severity.MAJOR, StoryRule::isPossible),
    /** No word stands there twice. */
    NARRATIVE_STYLE(Severity.MINOR, StoryRule::doesNotStutter),
    /** Years do not run backwards. */
    TIMELINE_PLOT(Severity.CRITICAL, StoryRule::yearsAscend),
    /** The world of the genre is there to see. */
    WORLD_BUILDING(Severity.MINOR, StoryRule::showsItsWorld);

    private static final int MIN_APPEARANCES = 3;
    private static final int MIN_THINGS = 3;
    private static final Pattern IMPOSSIBLE = Pattern.compile("sun rose in the west|square circle|married bachelor");
    private static final Pattern STUTTER = Pattern.compile("\\b(\\w+) \\1\\b");
    private static final Pattern YEAR = Pattern.compile("\\byear (\\d{1,9})\\b");

    private final Severity severity;
    private final BiPredicate<Genre, String> holds;
    private final String label = name().toLowerCase(Locale.ROOT);

    StoryRule(Severity severity, BiPredicate<Genre, String> holds) {
        this.severity = severity;
        this.holds = holds;
    }

    /** {@return the rules that {@code text} breaks} */
    public static List<StoryRule> brokenBy(Genre genre, String text) {
        return Arrays.stream(values())
                .filter(rule -> !rule.isKeptBy(genre, text))
                .toList();
    }

    /** {@return whether {@code text} keeps this rule} */
    public boolean isKeptBy(Genre genre, String text) {
        return holds.test(genre, text);
    }

    /** {@return {@code text} as it should be, or as it was where that takes an author} */
    public String mend(String text) {
        return this == NARRATIVE_STYLE ? STUTTER.matcher(text).replaceAll("$1") : text;
    }

    /** {@return how grave it is to break this rule} */
    public Severity severity() {
        return severity;
    }

    /** {@return the value of the label {@code rule_type}} */
    public String label() {
        return label;
    }

    private static boolean hasOneHero(Genre genre, String text) {
        return genre.heroes().stream().filter(text::contains).count() <= 1;
    }

    private static boolean heroStays(Genre genre, String text) {
        return genre.heroes().stream().anyMatch(hero -> text.split(hero, -1).length > MIN_APPEARANCES);
    }

    private static boolean isPossible(Genre genre, String text) {
        return !IMPOSSIBLE.matcher(text).find();
    }

    private static boolean doesNotStutter(Genre genre, String text) {
        return !STUTTER.matcher(text).find();
    }

    private static boolean yearsAscend(Genre genre, String text) {
        Matcher year = YEAR.matcher(text);
        int last = Integer.MIN_VALUE;
        while (year.find()) {
            int next = Integer.parseInt(year.group(1));
            if (next < last) {
                return false;
            }
            last = next;
        }
        return true;
    }

    private static boolean showsItsWorld(Genre genre, String text) {
        return genre.things().stream().filter(text::contains).count() >= MIN_THINGS;
    }
}
