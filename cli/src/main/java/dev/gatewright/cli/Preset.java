package dev.gatewright.cli;

/**
 * A recipe with a name.
 *
 * @param summary what it is, in one line
 * @param published the published figure that it answers, and whose it is
 * @param settings the options it stands for, data among them
 */
record Preset(String name, String summary, String published, Settings settings) {
    /** The command that runs it, spelt out. */
    String command() {
        return "gatewright train " + settings.shell() + " --out " + name + ".gate";
    }
}
