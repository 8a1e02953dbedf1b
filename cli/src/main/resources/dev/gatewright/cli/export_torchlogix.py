# Saves a trained torchlogix network for 'gatewright import --from torchlogix FILE'.
# Its state (June 2026 or later) holds all but the head and the parametrisation: these are printed as options.
#
#     from export_torchlogix import export
#     export(model, "net.pt")
import torch


def export(model, path):
    options = []
    for layer in model.modules():
        if type(layer).__name__ == "GroupSum":
            options += ["--classes %d" % layer.k, "--tau %g" % layer.tau]
        kind = type(getattr(layer, "parametrization", None)).__name__
        for word in ("Warp", "Light"):
            if kind.startswith(word):
                options.append("--parametrization " + word.lower())
    torch.save({name: tensor.cpu() for name, tensor in model.state_dict().items()}, path)
    print("gatewright import --from torchlogix", path, " ".join(dict.fromkeys(options)), "--out net.gate")
