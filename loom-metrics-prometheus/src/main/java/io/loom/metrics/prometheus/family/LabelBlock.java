package io.loom.metrics.prometheus.family;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Encodes labels as they stand between the braces of a line: {@code method="GET",status="200"}. Backslash, quote and newline
 * are escaped, as the text formats 0.0.4 and OpenMetrics 1.0 both ask.
 */
public final class LabelBlock {
    private LabelBlock() {}

    /**
     * {@return the encoded labels}
     *
     * @param labels names, which must be legal, and values, which may be anything
     * @throws IllegalArgumentException where a name is there twice
     */
    public static byte[] encode(List<Map.Entry<String, String>> labels) {
        StringBuilder block = new StringBuilder();
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, String> label : labels) {
            if (!names.add(label.getKey())) {
                throw new IllegalArgumentException(
                        "label names must be distinct: " + label.getKey() + " is there twice");
            }
            if (block.length() > 0) {
                block.append(',');
            }
            block.append(label.getKey()).append("=\"");
            escape(label.getValue(), block);
            block.append('"');
        }
        return block.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@return names and values of an encoded block, in their order} */
    public static List<Map.Entry<String, String>> decode(String block) {
        List<Map.Entry<String, String>> labels = new ArrayList<>();
        int at = 0;
        while (at < block.length()) {
            int nameEnd = block.indexOf('=', at);
            StringBuilder value = new StringBuilder();
            int quote = unescape(block, nameEnd + 2, value);
            labels.add(Map.entry(block.substring(at, nameEnd), value.toString()));
            at = quote + 2; // behind the comma
        }
        return labels;
    }

    /** {@return whether an encoded block has a label of this name} Quotes in values are escaped, so a name can be told. */
    static boolean hasName(byte[] block, String name) {
        String text = new String(block, StandardCharsets.UTF_8);
        return text.startsWith(name + "=\"") || text.contains("\"," + name + "=\"");
    }

    /** Reads a value; {@return where its closing quote is} */
    private static int unescape(String block, int start, StringBuilder to) {
        int at = start;
        while (block.charAt(at) != '"') {
            char c = block.charAt(at);
            if (c == '\\') {
                at++;
                c = block.charAt(at) == 'n' ? '\n' : block.charAt(at);
            }
            to.append(c);
            at++;
        }
        return at;
    }

    private static void escape(String value, StringBuilder to) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> to.append("\\\\");
                case '"' -> to.append("\\\"");
                case '\n' -> to.append("\\n");
                default -> to.append(c);
            }
        }
    }
}
