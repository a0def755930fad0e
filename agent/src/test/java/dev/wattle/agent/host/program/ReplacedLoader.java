/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;

/** A system class loader as containers have one, for {@code -Djava.system.class.loader}. */
public final class ReplacedLoader extends URLClassLoader {
    public ReplacedLoader(ClassLoader parent) {
        super(new URL[0], parent);
    }

    /** What the JVM calls with the jar of an agent; without this method it starts with no agent at all. */
    @SuppressWarnings("unused") // by the JVM
    private void appendToClassPathForInstrumentation(String jar) throws MalformedURLException {
        addURL(new File(jar).toURI().toURL());
    }
}
