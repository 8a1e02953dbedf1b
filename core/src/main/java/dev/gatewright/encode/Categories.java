package dev.gatewright.encode;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The categories that an encoder knows for one column, found by text or by number.
 *
 * <p>Where texts differ, "3" and "3.0" are the same category, as long as only one of the encoder's means that number;
 * of several that mean one number, that of the usual text is meant.
 */
final class Categories {
    private final Map<String, Integer> byText = new HashMap<>();
    private final ByNumber byNumber;
    private final ByNumber byNumberOrTruth;

    /** Numbers, ascending, and the category of each. */
    private record ByNumber(float[] numbers, float[] indices) {
        static ByNumber of(List<String> categories, boolean truths) {
            Map<Float, Integer> found = new TreeMap<>();
            for (int i = 0; i < categories.size(); i++) {
                String text = categories.get(i);
                if (NumberText.isNumber(text)) {
                    float value = NumberText.value(text) + 0f;
                    if (!found.containsKey(value) || text.equals(NumberText.of(value))) {
                        found.put(value, i);
                    }
                } else if (truths && NumberText.truth(text) >= 0) {
                    found.putIfAbsent((float) NumberText.truth(text), i);
                }
            }
            float[] numbers = new float[found.size()];
            float[] indices = new float[found.size()];
            int at = 0;
            for (Map.Entry<Float, Integer> entry : found.entrySet()) {
                numbers[at] = entry.getKey();
                indices[at++] = entry.getValue();
            }
            return new ByNumber(numbers, indices);
        }

        float find(float number) {
            // Adding zero makes −0 and 0 one number.
            int at = Arrays.binarySearch(numbers, number + 0f);
            return at < 0 ? ColumnValues.UNSEEN : indices[at];
        }
    }

    Categories(List<String> known) {
        for (int i = 0; i < known.size(); i++) {
            byText.put(known.get(i), i);
        }
        this.byNumber = ByNumber.of(known, false);
        this.byNumberOrTruth = ByNumber.of(known, true);
    }

    /** The index of the category that a text means, or {@link ColumnValues#UNSEEN}. */
    float of(String text) {
        Integer index = byText.get(text);
        if (index == null && NumberText.isNumber(text)) {
            float found = byNumber.find(NumberText.value(text));
            if (found != ColumnValues.UNSEEN) {
                return found;
            }
        }
        if (index == null && NumberText.truth(text) >= 0) {
            index = byText.get(text.toLowerCase(Locale.ROOT));
        }
        return index == null ? ColumnValues.UNSEEN : index;
    }

    /**
     * The index of the category that a number means, or {@link ColumnValues#UNSEEN}; NaN for NaN.
     *
     * @param truth whether 1 and 0 stand for true and false
     */
    float of(float number, boolean truth) {
        return Float.isNaN(number) ? number : (truth ? byNumberOrTruth : byNumber).find(number);
    }
}
