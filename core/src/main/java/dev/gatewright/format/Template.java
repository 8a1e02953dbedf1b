package dev.gatewright.format;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text with words in capitals that stand for something. What is put in is not looked at again. */
final class Template {
    private Template() {}

    /** The text with every key replaced by its value, longer keys first, in one pass. */
    static String fill(String text, Map<String, String> values) {
        String keys = values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(keys)
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group())));
    }
}
