# Saves a trained torch-dwn network for 'gatewright import --from dwn FILE'.
# Its state holds tables and mappings; this adds the thermometer's thresholds, the classes and tau.
#
#     from export_dwn import export
#     export(model, "net.pt", thermometer)      # thermometer: the fitted torch_dwn.Thermometer, or None
import torch


def export(model, path, thermometer=None):
    tensors = {name: tensor.cpu() for name, tensor in model.state_dict().items()}
    for layer in model.modules():
        if type(layer).__name__ == "GroupSum":
            tensors["k"] = int(layer.k)
            tensors["tau"] = float(layer.tau)
            if getattr(layer, "randperm", None) is not None:
                raise ValueError("a GroupSum with randperm cannot be imported")
    if thermometer is not None:
        tensors["thresholds"] = thermometer.thresholds.cpu()
    torch.save(tensors, path)
