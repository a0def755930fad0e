/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.carbon;

/**
 * A publication that figures of the tables come from. Immutable.
 *
 * @param code the name that rows of tables refer to it by
 * @param name a short name for a sentence, such as {@code EPA}
 * @param title of the publication
 * @param publisher who published it, or its authors
 * @param year of the publication, which is not always the year that a figure describes
 * @param licence as the publisher states it
 */
public record FigureSource(String code, String name, String title, String publisher, int year, String licence) {

    /** The source as an entry of a list of references. */
    public String reference() {
        String author = title.startsWith(publisher) ? "" : publisher + ": ";
        return author + title + " (" + year + ")";
    }
}
