package io.loom.metrics.prometheus.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Texts of every plane of Unicode, with what is special somewhere: escapes, controls, NUL, half characters. */
final class RandomText {
    private static final String SPECIAL = "\\\"\n\r\t{}=,# \u0085\u2028\ufeff\ufffe\uffff\u202e";
    private static final int PLANES = 17;

    private final Random random;

    RandomText(Random random) {
        this.random = random;
    }

    String next(int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        for (int i = 0; i < length; i++) {
            append(text);
        }
        return text.toString();
    }

    /** {@return what can be read back of a text: half characters are none} */
    static String onPage(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private void append(StringBuilder text) {
        switch (random.nextInt(8)) {
            case 0 -> text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
            case 1 -> text.append((char) random.nextInt(' '));
            case 2 -> text.append((char) ('\ud800' + random.nextInt(0x800)));
            case 3 -> text.appendCodePoint((random.nextInt(PLANES) << 16) + random.nextInt(0x10000));
            case 4 -> text.append((char) (0x7f + random.nextInt(0x100)));
            case 5 -> text.append("\\n\\\\");
            default -> text.append((char) ('a' + random.nextInt(26)));
        }
    }
}
