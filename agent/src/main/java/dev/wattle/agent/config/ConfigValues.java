/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.premain.LaunchText;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The words that were configured, before anybody asks what they mean: agent arguments over system properties over
 * environment variables over a properties file.
 *
 * <p>Unknown keys are complained of, one line each, and change nothing.
 */
public final class ConfigValues {

    /** A configured word and where it stood. */
    record Value(String text, String origin) {}

    private static final String PROPERTY_PREFIX = "wattle.";
    private static final String ENVIRONMENT_PREFIX = "WATTLE_";

    private final Map<ConfigKey, Value> values = new EnumMap<>(ConfigKey.class);
    private final Set<ConfigKey> exposed = EnumSet.noneOf(ConfigKey.class);
    private final Consumer<String> complain;

    private ConfigValues(Consumer<String> complain) {
        this.complain = complain;
    }

    /**
     * Reads all places of this JVM.
     *
     * @param arguments key=value, separated by commas; null for none
     * @param complain takes a line for a person about what makes no sense
     */
    public static ConfigValues ofThisJvm(@Nullable String arguments, Consumer<String> complain) {
        LaunchText launch = LaunchText.ofThisProcess();
        Properties properties = new Properties();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY_PREFIX)) {
                String value = launch.property(name, System.getProperty(name));
                properties.setProperty(name, value == null ? "" : value);
            }
        }
        return read(arguments, properties, launch.environment(System.getenv()), complain);
    }

    static ConfigValues read(
            @Nullable String arguments,
            Properties properties,
            Map<String, String> environment,
            Consumer<String> complain) {
        ConfigValues values = new ConfigValues(complain);
        values.addArguments(arguments == null ? "" : arguments);
        values.addProperties(properties);
        values.addEnvironment(environment);
        values.get(ConfigKey.CONFIG).ifPresent(values::addFile);
        return values;
    }

    Optional<Value> get(ConfigKey key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Whether the secret was given where it must not be, and nowhere else. */
    boolean isOnlyExposed(ConfigKey secret) {
        return exposed.contains(secret) && !values.containsKey(secret);
    }

    /** A part without an equals sign goes on with the value before it, so that lists need no quotes. */
    private void addArguments(String arguments) {
        String key = null;
        StringBuilder value = new StringBuilder();
        for (String part : arguments.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && !goesOnWithSecret(key, part.substring(0, equals).strip())) {
                addArgument(key, value);
                key = part.substring(0, equals).strip();
                value = new StringBuilder(part.substring(equals + 1));
            } else if (part.isBlank()) {
                // A comma too many, as scripts leave behind that put arguments together.
                continue;
            } else if (key != null) {
                value.append(',').append(part);
            } else {
                complain.accept("the argument '" + part + "' is ignored: it is not key=value");
            }
        }
        addArgument(key, value);
    }

    /** A secret may hold a comma; what follows it must not be shown as a key that nobody knows. */
    private static boolean goesOnWithSecret(@Nullable String key, String next) {
        return key != null
                && ConfigKey.named(key).map(ConfigKey::isSecret).orElse(false)
                && ConfigKey.named(next).isEmpty();
    }

    private void addArgument(@Nullable String key, StringBuilder value) {
        if (key != null) {
            addSeen(key, value.toString(), "the arguments");
        }
    }

    private void addProperties(Properties properties) {
        Map<String, String> sorted = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PROPERTY_PREFIX)) {
                sorted.put(name, properties.getProperty(name));
            }
        }
        sorted.forEach(
                (name, value) -> addSeen(name.substring(PROPERTY_PREFIX.length()), value, "system property " + name));
    }

    private void addEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                String key = name.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                add(key, value, "environment variable " + name);
            }
        });
    }

    private void addFile(Value file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file.text()), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof InvalidPathException ? "not a file name" : e.toString();
            complain.accept("config=" + file.text() + " (" + file.origin() + ") cannot be read: " + reason
                    + "; going on without it");
            return;
        }
        Map<String, String> sorted = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> sorted.put(name, properties.getProperty(name)));
        sorted.forEach((name, value) -> {
            String key = name.startsWith(PROPERTY_PREFIX) ? name.substring(PROPERTY_PREFIX.length()) : name;
            if (key.equals(ConfigKey.CONFIG.key())) {
                complain.accept("config=" + value + " in " + file.text() + " is ignored: a file names no other file");
            } else {
                add(key, value, file.text());
            }
        });
    }

    /** From a place that other users of the machine see, in the list of processes. */
    private void addSeen(String name, String text, String origin) {
        Optional<ConfigKey> secret = ConfigKey.named(name).filter(ConfigKey::isSecret);
        if (secret.isPresent()) {
            exposed.add(secret.get());
            complain.accept(name + " in " + origin + " is refused, since whoever lists processes can read it there;"
                    + " allowed: " + secret.get().allowed() + ", or " + ConfigKey.HTTP_AUTH_FILE.key() + "=FILE");
        } else {
            add(name, text, origin);
        }
    }

    private void add(String name, String text, String origin) {
        Optional<ConfigKey> key = ConfigKey.named(name);
        if (key.isEmpty()) {
            complain.accept("unknown key '" + name + "' in " + origin + " is ignored; known keys: " + knownKeys());
        } else {
            Value before = values.putIfAbsent(key.get(), new Value(text.strip(), origin));
            if (before != null && before.origin().equals(origin)) {
                complain.accept(name + " stands twice in " + origin + "; used: "
                        + (key.get().isSecret() ? "the first" : before.text()));
            }
        }
    }

    private static String knownKeys() {
        StringBuilder names = new StringBuilder();
        for (ConfigKey key : ConfigKey.values()) {
            names.append(names.length() == 0 ? "" : ", ").append(key.key());
        }
        return names.toString();
    }
}
