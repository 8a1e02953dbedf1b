# Saves a trained difflogic network for 'gatewright import --from difflogic FILE'.
# difflogic's own state_dict holds no wiring; this file holds wiring, gates, classes and tau.
#
#     from export_difflogic import export
#     export(model, "net.pt")        # model: torch.nn.Sequential(Flatten(), LogicLayer(...), ..., GroupSum(...))
import torch


def export(model, path):
    tensors = {}
    count = 0
    for layer in model:
        kind = type(layer).__name__
        if kind == "LogicLayer":
            name = "layer%d" % count
            tensors[name + ".a"] = layer.indices[0].to(torch.int32).cpu()
            tensors[name + ".b"] = layer.indices[1].to(torch.int32).cpu()
            tensors[name + ".gate"] = layer.weights.argmax(-1).to(torch.uint8).cpu()
            if count == 0:
                tensors["in_dim"] = int(layer.in_dim)
            count += 1
        elif kind == "GroupSum":
            tensors["k"] = int(layer.k)
            tensors["tau"] = float(layer.tau)
        elif kind != "Flatten":
            raise ValueError("a layer of kind " + kind + " has no place in a network of gates")
    torch.save(tensors, path)
