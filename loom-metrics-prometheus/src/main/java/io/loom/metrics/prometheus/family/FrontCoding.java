package io.loom.metrics.prometheus.family;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorted texts in one array, of each only what differs from the one before: Witten, Moffat and Bell, "Managing Gigabytes",
 * section 4.1. Whoever reads them in order reads little, and waits for memory once. {@link Labels} reads them.
 *
 * <pre>
 *   genre="a"  genre="ab"  genre="b"     ──►     0 9 genre="a"  8 2 b"  7 2 b"
 *                                                ↑ ↑
 *                        bytes kept of the one before, bytes that follow: seven bits a byte, the lowest first
 * </pre>
 */
final class FrontCoding {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private FrontCoding() {}

    static byte[] encode(List<byte[]> texts) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        byte[] last = {};
        for (byte[] text : texts) {
            int kept = sharedPrefix(last, text);
            write(kept, coded);
            write(text.length - kept, coded);
            coded.write(text, kept, text.length - kept);
            last = text;
        }
        return coded.toByteArray();
    }

    /** {@return the texts, in a list that may be changed} */
    static List<byte[]> decode(byte[] coded, int count) {
        List<byte[]> texts = new ArrayList<>(count + 1);
        Labels labels = new Labels();
        labels.enter(coded);
        for (int i = 0; i < count; i++) {
            labels.next();
            texts.add(labels.toBytes());
        }
        return texts;
    }

    /** {@return a number that begins with this byte} */
    static int read(byte[] coded, int at) {
        int number = 0;
        int shift = 0;
        byte next;
        int from = at;
        do {
            next = coded[from++];
            number |= (next & (MORE - 1)) << shift;
            shift += BITS;
        } while (next < 0);
        return number;
    }

    /** {@return how many bytes a number takes} */
    static int length(int number) {
        int length = 1;
        for (int rest = number >>> BITS; rest > 0; rest >>>= BITS) {
            length++;
        }
        return length;
    }

    private static void write(int number, ByteArrayOutputStream to) {
        int rest = number;
        while (rest >= MORE) {
            to.write((rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        to.write(rest);
    }

    private static int sharedPrefix(byte[] one, byte[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }
}
