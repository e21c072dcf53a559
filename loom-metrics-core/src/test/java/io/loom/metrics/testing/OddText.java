package io.loom.metrics.testing;

import java.util.Random;

/** Random text from an alphabet of trouble: blanks, quotes, lone surrogates, pairs, path and identifier characters. */
public final class OddText {
    private static final String[] PIECES = {
        "a",
        "Z",
        "f",
        "0",
        "7",
        "9",
        "deadbeef",
        "/",
        "/",
        "?",
        "#",
        "-",
        "_",
        "{id}",
        " ",
        "\t",
        "\n",
        "\"",
        "\\",
        "\u0000",
        "é",
        "日本",
        "\uD800",
        "\uDC00",
        "\uDBFF",
        "\uD83D\uDE00",
        "\uFFFD",
        "\u2003",
        "other",
        "unknown"
    };

    private OddText() {}

    /** A text of up to {@code maxPieces} pieces. */
    public static String next(Random random, int maxPieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxPieces + 1); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
