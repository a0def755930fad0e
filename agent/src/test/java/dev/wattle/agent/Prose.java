/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a source that people read: text of Markdown without its code; comments and messages of Java. All else is blank, at
 * equal length and with its line breaks, so that positions are those of the source.
 */
final class Prose {

    private static final Pattern MARKDOWN_CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`]*`|\\]\\([^)]*\\)");

    /** A comment, a text block, a string or a character: whichever starts first. */
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "//[^\\n]*+|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++'",
            Pattern.DOTALL);

    private static final Pattern JAVADOC_CODE = Pattern.compile("\\{@[^}]*\\}|@param \\w+");

    private Prose() {}

    static String ofMarkdown(String source) {
        return without(MARKDOWN_CODE, source);
    }

    /** A string of one word is taken for a key or a name, not for a message. */
    static String ofJava(String source) {
        StringBuilder prose = new StringBuilder();
        Matcher text = JAVA_TEXT.matcher(source);
        int end = 0;
        while (text.find()) {
            prose.append(blank(source.substring(end, text.start())));
            boolean message = text.group().startsWith("/") || text.group().contains(" ");
            prose.append(message ? without(JAVADOC_CODE, text.group()) : blank(text.group()));
            end = text.end();
        }
        return prose.append(blank(source.substring(end))).toString();
    }

    private static String without(Pattern code, String text) {
        return code.matcher(text).replaceAll(found -> blank(found.group()));
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }
}
