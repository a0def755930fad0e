/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;

/** Once its standard input has ended it forbids everything to everybody, itself included, and ends. */
public final class Guarded {
    private Guarded() {}

    @SuppressWarnings("removal")
    public static void main(String[] args) throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
        System.setSecurityManager(new SecurityManager());
        try {
            System.getProperty("user.home");
            System.out.println("allowed");
        } catch (SecurityException forbidden) {
            System.out.println("forbidden");
        }
    }
}
