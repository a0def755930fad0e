/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

/** An agent that comes before ours and makes the JVM look like Java 11. */
public final class OldJavaPretender {
    private OldJavaPretender() {}

    public static void premain(String arguments) {
        System.setProperty("java.specification.version", "11");
    }
}
