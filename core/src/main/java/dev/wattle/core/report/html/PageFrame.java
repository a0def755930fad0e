/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The frame of a report: everything around its sections. The page loads nothing, and its Content-Security-Policy does not allow a
 * browser to, nor to run any script but the one in it.
 */
final class PageFrame {

    /** The hashes of the style sheet and the script, without which a browser uses neither; a test compares them. */
    static final String STYLE_HASH = "sha256-myMbuS2OUqaGe4JKLmkrJoE3wmXG2AVgiWvqkK/Hc1A=";

    static final String SCRIPT_HASH = "sha256-ACaQyXiIq6Db5TDyqOXDOblTUzxQs85axZiFRhBPwBM=";

    private static final String POLICY = "default-src 'none'; style-src '" + STYLE_HASH + "'; script-src '"
            + SCRIPT_HASH + "'; base-uri 'none'; form-action 'none'";

    private PageFrame() {}

    /** Starts the page and its main part. */
    static void start(HtmlWriter out, String title) {
        out.constant("<!DOCTYPE html>\n");
        out.start("html", "lang", "en").start("head");
        out.start("meta", "charset", "utf-8");
        out.start("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        out.start("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.start("meta", "name", "color-scheme", "content", "light dark");
        out.element("title", title);
        out.start("style").constant(styleSheet()).end();
        out.endLine();
        out.start("body");
    }

    /** Ends the page. */
    static void end(HtmlWriter out, String footer) {
        out.start("footer").element("p", footer).endLine();
        out.start("script").constant(script()).end();
        out.endLine();
        out.endLine();
    }

    static String styleSheet() {
        return resource("report.css");
    }

    static String script() {
        return resource("report.js");
    }

    private static String resource(String name) {
        try (InputStream in = PageFrame.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name + " cannot be read", e);
        }
    }
}
