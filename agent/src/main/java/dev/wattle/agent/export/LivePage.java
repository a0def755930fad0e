/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import dev.wattle.core.report.chart.ChartFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The live page of a run: one document with its style, its script and the chart library inside. It requests {@code /run} every
 * two seconds, and {@code /run/end} once, which is answered when the run ends. Its
 * policy forbids a browser to load anything else: the script and the style are allowed by their hashes, and requests go to
 * this server only.
 *
 * @param html the document
 * @param policy the value of its Content-Security-Policy
 */
record LivePage(String html, String policy) {

    /** @throws IOException where a part is missing from the jar */
    static LivePage load() throws IOException {
        String style = ChartFiles.uplotStyle() + ChartFiles.style() + text("page.css");
        String script = ChartFiles.uplotScript() + ChartFiles.script() + text("page.js");
        String html = text("page.html").replace("/*style*/", style).replace("/*script*/", script);
        String policy = "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
                + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new LivePage(html, policy);
    }

    private static String hash(String text) {
        byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String text(String name) throws IOException {
        try (InputStream in = LivePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
