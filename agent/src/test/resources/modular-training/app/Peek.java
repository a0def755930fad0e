/* SPDX-License-Identifier: Apache-2.0 */
package app;

import java.io.File;
import java.lang.reflect.Method;

/** Asks the platform loader and the agent's loader for a class of this module. */
public class Peek {
    public static void main(String[] args) throws Exception {
        Method open = Class.forName("dev.wattle.agent.premain.loader.AgentClassLoader").getDeclaredMethod("open", File.class);
        open.setAccessible(true);
        System.out.println("platform loader " + sees(ClassLoader.getPlatformClassLoader()));
        System.out.println("agent's loader " + sees((ClassLoader) open.invoke(null, new File(args[0]))));
    }

    private static String sees(ClassLoader loader) {
        try {
            return "sees " + loader.loadClass("app.Peek").getName();
        } catch (ClassNotFoundException e) {
            return "sees nothing";
        }
    }
}
