/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void writesWhatIsThere() {
        JsonObject json = new JsonObject();
        json.addProperty("name", "a \"quoted\" <name>\n");
        json.addProperty("count", Long.MAX_VALUE);
        json.addProperty("ratio", 0.5);
        json.addProperty("known", true);
        json.add("nothing", JsonNull.INSTANCE);
        JsonArray row = new JsonArray();
        row.add(1);
        row.add("x");
        json.add("row", row);

        assertThat(JsonText.of(json)).isEqualTo(json.toString());
    }

    @Test
    void leavesOutWhatIsNoFiniteNumber() {
        JsonObject json = new JsonObject();
        json.addProperty("infinite", Double.POSITIVE_INFINITY);
        json.addProperty("negative", Double.NEGATIVE_INFINITY);
        json.addProperty("nan", Double.NaN);
        json.addProperty("float", Float.NaN);
        json.addProperty("good", 1);
        JsonArray row = new JsonArray();
        row.add(1);
        row.add(Double.NaN);
        row.add(Float.POSITIVE_INFINITY);
        json.add("row", row);

        assertThat(JsonText.of(json)).isEqualTo("{\"good\":1,\"row\":[1,null,null]}");
        assertThat(JsonText.of(new JsonPrimitive(Double.NaN))).isEqualTo("null");
        assertThat(JsonText.indented(json)).contains("  \"good\": 1").doesNotContain("NaN", "Infinity");
    }

    @Property(tries = 300)
    void whateverIsWrittenIsStrictJson(@ForAll long seed) throws IOException {
        JsonElement json = random(new SplittableRandom(seed), 4);

        for (String text : new String[] {JsonText.of(json), JsonText.indented(json)}) {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            reader.skipValue();
            assertThat(reader.peek()).isEqualTo(JsonToken.END_DOCUMENT);
        }
    }

    private static JsonElement random(SplittableRandom random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 6);
        return switch (kind) {
            case 0 -> new JsonPrimitive(Double.longBitsToDouble(random.nextLong()));
            case 1 ->
                new JsonPrimitive(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0}
                        [random.nextInt(4)]);
            case 2 -> new JsonPrimitive("text " + (char) random.nextInt(0xD800));
            case 3 -> random.nextBoolean() ? JsonNull.INSTANCE : new JsonPrimitive(random.nextLong());
            case 4 -> {
                JsonArray array = new JsonArray();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(random(random, depth - 1));
                }
                yield array;
            }
            default -> {
                JsonObject object = new JsonObject();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.add("member " + (char) random.nextInt(0xD800) + i, random(random, depth - 1));
                }
                yield object;
            }
        };
    }
}
