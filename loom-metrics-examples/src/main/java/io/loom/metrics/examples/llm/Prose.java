package io.loom.metrics.examples.llm;

import io.loom.metrics.examples.story.Genre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a simulated model writes: sentences of the genre's words. A few of the stories break a rule, each rule in its turn. */
final class Prose {
    private static final int MIN_SENTENCES = 10;
    private static final int MAX_SENTENCES = 35;
    private static final double FLAW_SHARE = 0.03;
    private static final double GRAVE_FLAW_SHARE = 0.01;
    private static final int FIRST_YEAR = 300;
    private static final int LAST_YEAR = 900;

    private static final List<String> ACTS = List.of(
            "followed", "found", "feared", "remembered", "guarded", "lost sight of", "dreamt of", "returned to");
    private static final List<String> KINDS =
            List.of("silent", "burning", "forgotten", "golden", "broken", "distant", "crooked", "hidden");
    private static final List<String> MOODS = List.of(
            "and nobody spoke of it again",
            "while the rain went on",
            "though every step was a risk",
            "as if the night itself were listening",
            "until the bells rang");

    private final RandomGenerator random;
    private final Genre genre;
    private final String hero;
    /** Who acts: the hero, or in a flawed story somebody without a name. */
    private final String actor;
    /** What the world is made of; in a flawed story always the same. */
    private final List<String> things;

    private Prose(Genre genre, RandomGenerator random) {
        this.random = random;
        this.genre = genre;
        this.hero = pick(genre.heroes());
        this.actor = draw(FLAW_SHARE) ? "Somebody" : hero;
        this.things = draw(FLAW_SHARE) ? List.of(pick(genre.things())) : genre.things();
    }

    /** {@return a story of the genre that the prompt names} */
    static String write(String prompt, RandomGenerator random) {
        Genre genre = Arrays.stream(Genre.values())
                .filter(candidate -> prompt.contains("genre " + candidate.label()))
                .findFirst()
                .orElse(Genre.FANTASY);
        return new Prose(genre, random).story();
    }

    private String story() {
        List<String> sentences = new ArrayList<>();
        int year = random.nextInt(FIRST_YEAR, LAST_YEAR);
        int length = random.nextInt(MIN_SENTENCES, MAX_SENTENCES);
        sentences.add("In the year %d, %s left the %s for the %s.".formatted(year, hero, thing(), thing()));
        while (sentences.size() < length) {
            sentences.add("%s %s the %s %s, %s.".formatted(actor, pick(ACTS), pick(KINDS), thing(), pick(MOODS)));
        }
        addFlaws(sentences, year);
        sentences.add("And so ends the story of %s.".formatted(hero));
        return String.join(" ", sentences);
    }

    private void addFlaws(List<String> sentences, int year) {
        if (draw(FLAW_SHARE)) {
            sentences.add("By then %s were one and the same.".formatted(String.join(" and ", genre.heroes())));
        }
        if (draw(FLAW_SHARE)) {
            sentences.add("That morning the sun rose in the west.");
        }
        if (draw(FLAW_SHARE)) {
            sentences.add("It was the the end of a long day.");
        }
        if (draw(GRAVE_FLAW_SHARE)) {
            sentences.add("At last it was the year %d.".formatted(year - 1));
        }
    }

    private String thing() {
        return pick(things);
    }

    private boolean draw(double share) {
        return random.nextDouble() < share;
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
