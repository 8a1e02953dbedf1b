package dev.gatewright.foreign;

import java.util.Set;

/** What a pickle may name: the makers of tensors and dictionaries, and the modules of the networks read here. */
final class Allowed {
    /** Called with arguments; each is carried out by our own code. */
    static final Set<String> CALLS = Set.of(
            "collections.OrderedDict",
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_parameter",
            "torch.Size",
            "torch.device",
            "builtins.set",
            "__builtin__.set");

    /** Objects that are no more than their fields here. */
    static final Set<String> OBJECTS = Set.of(
            "torch.nn.modules.container.Sequential",
            "torch.nn.modules.container.ModuleList",
            "torch.nn.modules.container.ParameterList",
            "torch.nn.modules.flatten.Flatten",
            "torch.nn.modules.linear.Identity",
            "difflogic.difflogic.LogicLayer",
            "difflogic.difflogic.GroupSum",
            "torch_dwn.lut_layer.LUTLayer",
            "torch_dwn.mapping.LearnableMapping",
            "torch_dwn.utils.GroupSum");

    private Allowed() {}

    static boolean names(String name) {
        return CALLS.contains(name) || OBJECTS.contains(name) || storage(name);
    }

    /** Whether this is the class of a storage, such as {@code torch.FloatStorage}. */
    static boolean storage(String name) {
        return name.startsWith("torch.")
                && ElementType.ofStorage(name.substring("torch.".length())).isPresent();
    }
}
