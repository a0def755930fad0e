/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;
import java.util.logging.LogManager;

/** Chooses its log manager once its standard input has ended, as an application server does first of all. */
public final class OwnLogManager {
    private OwnLogManager() {}

    public static void main(String[] args) throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.setProperty("java.util.logging.manager", Chosen.class.getName());
        System.out.println(LogManager.getLogManager().getClass().getSimpleName());
    }

    /** Apart from the main class, whose loading must not touch its superclass. */
    public static final class Chosen extends LogManager {}
}
