/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Scripts and styles of charts, to be put into a page as they are: none contains {@code </script} or {@code </style}, and none
 * loads anything.
 *
 * <p>uPlot defines the global {@code uPlot}. It is MIT-licensed, which the script's first line says in every page.
 */
public final class ChartFiles {
    private static final String LICENCE = "/*! uPlot, Copyright (c) 2022 Leon Sorokin, MIT License */\n";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private ChartFiles() {}

    /** uPlot's script. */
    public static String uplotScript() throws IOException {
        return LICENCE + text(UPLOT + "uPlot.iife.min.js");
    }

    /** uPlot's style. */
    public static String uplotStyle() throws IOException {
        return text(UPLOT + "uPlot.min.css");
    }

    /**
     * The common script of our pages, which defines the global {@code wattleCharts}: numbers with units, tables that say where
     * they scroll, and charts with a cursor, made by uPlot.
     */
    public static String script() throws IOException {
        return text("charts.js");
    }

    /** The style of what {@link #script} makes. Colours are custom properties of the page, which the script's head names. */
    public static String style() throws IOException {
        return text("charts.css");
    }

    private static String text(String name) throws IOException {
        try (InputStream in = ChartFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
