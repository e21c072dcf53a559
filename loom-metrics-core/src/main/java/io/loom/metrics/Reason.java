package io.loom.metrics;

import java.util.Locale;

/** Why a value was not recorded. */
enum Reason {
    NEGATIVE("must not be negative"),
    NOT_A_NUMBER("must be a number"),
    TOO_LARGE("is too large to be true"),
    OUT_OF_RANGE("is out of range"),
    MISSING("must not be null"),
    LABEL_COUNT("must name one value for each label"),
    USAGE_FUNCTION("could not be had: the caller's function threw"),
    CLASSIFIER("could not be classified: the caller's function threw"),
    TAG_FUNCTION("of a tag could not be had: the caller's function threw"),
    REGISTRATION("could not be registered");

    private final String rule;
    private final String label = name().toLowerCase(Locale.ROOT);

    Reason(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    String label() {
        return label;
    }

    /** {@return why {@code amount}, which is not within 0 and some maximum, is refused} */
    static Reason ofAmount(double amount) {
        if (Double.isNaN(amount)) {
            return NOT_A_NUMBER;
        }
        return amount < 0 ? NEGATIVE : TOO_LARGE;
    }
}
