package io.loom.metrics.prometheus.exposition;

import io.loom.metrics.prometheus.family.Labels;

/** Takes encoded labels apart again: {@code method="GET",status="200"} into one message each. One for each scrape. */
final class LabelPairs {
    private static final int NAME = 1;
    private static final int VALUE = 2;

    /** An equals sign and the quote that opens a value. */
    private static final int OPENING = 2;

    private final Message pair = new Message();
    private final Message value = new Message();
    private byte[] block = {};

    /** Adds all labels to a message. */
    void addTo(Message target, int field, Labels labels) {
        int length = labels.length();
        if (block.length < length) {
            block = new byte[2 * length];
        }
        labels.copyTo(block, 0);
        int at = 0;
        while (at < length) {
            at = pair(at) + 1; // and a comma, unless it was the last
            target.message(field, pair);
        }
    }

    /** Adds one label that is in no block. */
    void addTo(Message target, int field, byte[] name, byte[] text) {
        pair.clear();
        pair.text(NAME, name, name.length);
        pair.text(VALUE, text, text.length);
        target.message(field, pair);
    }

    /** Adds one label whose value is all ASCII. */
    void addTo(Message target, int field, byte[] name, String ascii) {
        pair.clear();
        pair.text(NAME, name, name.length);
        pair.ascii(VALUE, ascii);
        target.message(field, pair);
    }

    /** Reads the label that starts here; {@return where it ends} */
    private int pair(int start) {
        pair.clear();
        value.clear();
        int at = start;
        while (block[at] != '=') {
            value.raw(block[at++]);
        }
        pair.message(NAME, value);
        value.clear();
        for (at += OPENING; block[at] != '"'; at++) {
            at = unescaped(block, at, value);
        }
        pair.message(VALUE, value);
        return at + 1;
    }

    /** Puts the character that is written here, as the text formats escape it; {@return where its last byte is} */
    static int unescaped(byte[] text, int at, Message to) {
        if (text[at] != '\\' || at + 1 == text.length) {
            to.raw(text[at]);
            return at;
        }
        to.raw(text[at + 1] == 'n' ? (byte) '\n' : text[at + 1]);
        return at + 1;
    }
}
