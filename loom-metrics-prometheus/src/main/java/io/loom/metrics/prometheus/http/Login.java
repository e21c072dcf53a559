package io.loom.metrics.prometheus.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in: those who know a password (RFC 7617) or a token (RFC 6750), or anyone where neither is set. It keeps digests
 * only. How long a comparison takes tells nothing of what is right. Immutable and thread-safe.
 */
final class Login {
    static final Login ANYONE = new Login(null, null);

    private static final String BASIC = "Basic";
    private static final String BEARER = "Bearer";

    private final byte @Nullable [] password;
    private final byte @Nullable [] token;

    private Login(byte @Nullable [] password, byte @Nullable [] token) {
        this.password = password;
        this.token = token;
    }

    Login withPassword(String user, String newPassword) {
        return new Login(digest(user + ':' + newPassword), token);
    }

    Login withToken(String newToken) {
        return new Login(password, digest(newToken));
    }

    /**
     * Lets the sender of an {@code Authorization} header in.
     *
     * @throws RefusedException where it does not have what it takes
     */
    void check(@Nullable String authorization) throws RefusedException {
        if ((password != null || token != null) && !isKnown(authorization)) {
            throw RefusedException.unauthorized(challenges());
        }
    }

    private boolean isKnown(@Nullable String authorization) {
        int space = authorization == null ? -1 : authorization.indexOf(' ');
        if (authorization == null || space < 0) {
            return false;
        }
        String scheme = authorization.substring(0, space);
        String credentials = authorization.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase(BASIC)) {
            return password != null && isPassword(password, credentials);
        }
        return scheme.equalsIgnoreCase(BEARER) && token != null && MessageDigest.isEqual(token, digest(credentials));
    }

    private static boolean isPassword(byte[] password, String credentials) {
        try {
            return MessageDigest.isEqual(password, digest(Base64.getDecoder().decode(credentials)));
        } catch (IllegalArgumentException e) { // no Base64
            return false;
        }
    }

    private String challenges() {
        List<String> challenges = new ArrayList<>();
        if (password != null) {
            challenges.add(BASIC + " realm=\"metrics\", charset=\"UTF-8\"");
        }
        if (token != null) {
            challenges.add(BEARER + " realm=\"metrics\"");
        }
        return String.join(", ", challenges);
    }

    private static byte[] digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
