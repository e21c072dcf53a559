package io.loom.metrics.examples.story;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of story: the label of its metrics, the heroes that it may have, and the things of its world. */
public enum Genre {
    FANTASY(
            List.of("Mara", "Tobin", "Elowen"),
            List.of("castle", "dragon", "forest", "rune", "sword", "tower", "spell", "crown")),
    MYSTERY(
            List.of("Inspector Vale", "Nora", "Doctor Quill"),
            List.of("letter", "alley", "key", "witness", "ledger", "lamp", "clue", "cellar")),
    ROMANCE(
            List.of("Clara", "Julien", "Rosalind"),
            List.of("garden", "letter", "ballroom", "harbour", "promise", "violin", "train", "bridge")),
    SCIENCE_FICTION(
            List.of("Captain Osei", "Lin", "Unit Nine"),
            List.of("starship", "reactor", "colony", "airlock", "signal", "drone", "orbit", "archive")),
    HORROR(
            List.of("Agnes", "Silas", "Wren"),
            List.of("cellar", "mirror", "fog", "chapel", "candle", "whisper", "attic", "grave")),
    ADVENTURE(
            List.of("Kit", "Amara", "Old Finn"),
            List.of("map", "river", "jungle", "compass", "cave", "ship", "temple", "rope"));

    private final List<String> heroes;
    private final List<String> things;
    private final String label = name().toLowerCase(Locale.ROOT);

    Genre(List<String> heroes, List<String> things) {
        this.heroes = heroes;
        this.things = things;
    }

    /** {@return the genre with this label} */
    public static Optional<Genre> of(String label) {
        return Arrays.stream(values())
                .filter(genre -> genre.label.equals(label))
                .findFirst();
    }

    /** {@return the value of the label {@code genre}} */
    public String label() {
        return label;
    }

    /** {@return the names of those who may be the hero; one story has one} */
    public List<String> heroes() {
        return heroes;
    }

    /** {@return words for the things of this world} */
    public List<String> things() {
        return things;
    }
}
