package org.feuerprobe.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * Parts that all pages share: style, script, and a content policy that forbids other scripts and
 * all requests.
 *
 * @param data data of the charts, escaped for a script element
 */
public record PageParts(String style, String script, String policy, String data) {
    static final TemplateEngine ENGINE =
            TemplateEngine.createPrecompiled(
                    null,
                    ContentType.Html,
                    PageParts.class.getClassLoader(),
                    "org.feuerprobe.page.template");

    static PageParts of(String data) {
        return of(
                resource("uPlot.iife.min.js") + "\n" + resource("report.js"),
                resource("uPlot.min.css") + "\n" + resource("report.css"),
                data);
    }

    /** The parts of a page with a flame graph. */
    static PageParts flame(String data) {
        return of(
                resource("flame.js"), resource("report.css") + "\n" + resource("flame.css"), data);
    }

    private static PageParts of(String script, String style, String data) {
        String policy =
                "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                        .formatted(sha256(script));
        return new PageParts(style, script, policy, data);
    }

    private static String resource(String name) {
        try (InputStream in = PageParts.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own file " + name + " is broken", e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
