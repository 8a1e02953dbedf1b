package dev.gatewright.format;

import java.util.Set;

/** Names as languages allow them. */
public final class Names {
    private static final int MOST = 200;

    private Names() {}

    /**
     * {@code wanted} as a name of ASCII letters, digits and underscores that starts with a letter, has at most
     * {@value #MOST} characters, no two underscores together or at the end, and is none of {@code keywords}, which are in
     * lower case and compared without case. A name that is fine already stays as it is.
     */
    public static String legal(String wanted, Set<String> keywords) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < wanted.length() && name.length() < MOST; i++) {
            char c = wanted.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (letter || c >= '0' && c <= '9' && !name.isEmpty()) {
                name.append(c);
            } else if (c >= '0' && c <= '9') {
                name.append("m_").append(c);
            } else if (!name.isEmpty() && name.charAt(name.length() - 1) != '_') {
                name.append('_');
            }
        }
        while (!name.isEmpty() && name.charAt(name.length() - 1) == '_') {
            name.setLength(name.length() - 1);
        }
        if (name.isEmpty()) {
            return "model";
        }
        boolean keyword = keywords.contains(name.toString().toLowerCase(java.util.Locale.ROOT));
        return keyword ? name.insert(0, "m_").toString() : name.toString();
    }

    /**
     * {@code text} in double quotes and on one line, in printable ASCII: everything else, quotes and backslashes as a
     * backslash, {@code u} and four hexadecimal digits. Safe inside comments of one line of any language, and in
     * strings of JSON; it never ends in a backslash.
     */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                quoted.append(c);
            } else {
                quoted.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    quoted.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
        return quoted.append('"').toString();
    }
}
