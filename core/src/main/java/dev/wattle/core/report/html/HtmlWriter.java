/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML with SVG in it. All text and all values of attributes are escaped, so that no name from a run can become markup;
 * tags and names of attributes are constants of the callers. Characters that reorder text or that HTML does not allow become
 * {@code U+FFFD}. Not thread-safe.
 */
final class HtmlWriter {

    /** Elements of HTML that have no content and no end. */
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "col");

    private static final char REPLACEMENT = '\uFFFD';
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Starts an element; the attributes are names and values in turn. */
    HtmlWriter start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        if (!VOID.contains(tag)) {
            open.push(tag);
        }
        return this;
    }

    /** Ends the element that was started last. */
    HtmlWriter end() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** As {@link #end()}, with a line break after it. */
    HtmlWriter endLine() {
        end();
        out.append('\n');
        return this;
    }

    HtmlWriter text(String text) {
        escape(text);
        return this;
    }

    /** A name that a program or a user chose, whose direction of writing must not reach the text around it. */
    HtmlWriter name(String name) {
        return element("bdi", name);
    }

    /** A whole element with text in it. */
    HtmlWriter element(String tag, String text, String... attributes) {
        return start(tag, attributes).text(text).end();
    }

    /** Takes a constant of this package as it is: a style sheet or a script. */
    HtmlWriter constant(String markup) {
        out.append(markup);
        return this;
    }

    /** The text so far; all elements must have ended. */
    String written() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.toString();
    }

    private void escape(String text) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isHarmless(character) ? character : REPLACEMENT);
            }
        });
    }

    /** The joiners are part of words and of emoji; other format characters reverse or hide text. */
    private static boolean isHarmless(int character) {
        if (character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER || character == '\n') {
            return true;
        }
        int type = Character.getType(character);
        return !Character.isISOControl(character)
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && (character & 0xFFFE) != 0xFFFE;
    }
}
