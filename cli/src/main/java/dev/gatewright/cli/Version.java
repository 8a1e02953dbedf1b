package dev.gatewright.cli;

import dev.gatewright.train.Learner;
import picocli.CommandLine.IVersionProvider;

/** The version of this program and of what it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return new String[] {
            "gatewright " + Learner.VERSION,
            "Java " + Runtime.version() + (vectors ? ", with the Vector API" : ", without the Vector API")
        };
    }
}
