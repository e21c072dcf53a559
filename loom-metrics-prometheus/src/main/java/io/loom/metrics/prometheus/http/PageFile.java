package io.loom.metrics.prometheus.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is sent: plain or compressed, each with an entity tag of its own (RFC 9110, section 8.8.3). A browser keeps it,
 * but asks each time whether it is still the same: the name of a file is the same in the next version. Immutable.
 */
final class PageFile {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int GZIP_LEVEL = 9;
    private static final int TAG_BYTES = 12;

    private final byte[] plain;
    private final byte[] gzipped;
    private final MetricsPage.Head plainHead;
    private final MetricsPage.Head gzippedHead;

    private PageFile(String contentType, byte[] plain) {
        this.plain = plain;
        this.gzipped = gzipped(plain);
        String digest = digest(plain);
        this.plainHead = head(contentType, '"' + digest + '"', plain.length);
        this.gzippedHead =
                head(contentType, '"' + digest + "-gzip\"", gzipped.length).with("Content-Encoding", "gzip");
    }

    /** {@return a file} */
    static PageFile of(String contentType, byte[] content) {
        return new PageFile(contentType, content);
    }

    void send(boolean withBody, Function<String, @Nullable String> header, MetricsPage.Response response)
            throws IOException, RefusedException {
        boolean gzip = Gzip.isWanted(MetricsPage.bounded("Accept-Encoding", header.apply("Accept-Encoding")));
        MetricsPage.Head head = gzip ? gzippedHead : plainHead;
        if (isKnown(head.headers().get("ETag"), MetricsPage.bounded("If-None-Match", header.apply("If-None-Match")))) {
            response.begin(notModified(head));
            return;
        }
        OutputStream out = response.begin(head);
        if (withBody) {
            out.write(gzip ? gzipped : plain);
        }
    }

    /** Weak comparison, as the header asks for: RFC 9110, section 13.1.2. */
    private static boolean isKnown(@Nullable String tag, @Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(known -> known.strip().replaceFirst("^W/", ""))
                        .anyMatch(known -> known.equals("*") || known.equals(tag));
    }

    private static MetricsPage.Head head(String contentType, String tag, int length) {
        return new MetricsPage.Head(
                OK,
                Map.of(
                        "Content-Type",
                        contentType,
                        "Content-Length",
                        Integer.toString(length),
                        "Cache-Control",
                        "no-cache",
                        "Vary",
                        "Accept-Encoding",
                        "ETag",
                        tag));
    }

    private static MetricsPage.Head notModified(MetricsPage.Head head) {
        Map<String, String> headers = new HashMap<>(head.headers());
        headers.keySet().retainAll(Set.of("Cache-Control", "Vary", "ETag"));
        return new MetricsPage.Head(NOT_MODIFIED, headers);
    }

    private static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Gzip gzip = new Gzip(out, GZIP_LEVEL)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file to fail
        }
        return out.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
