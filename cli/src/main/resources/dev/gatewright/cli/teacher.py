"""Learns the images that `gatewright data export` wrote and writes scores for `gatewright train --teacher`.

A residual network of nine layers; images are shifted, and mirrored with --flip. Needs PyTorch and NumPy. The samples that
validation holds out are not learnt from; their scores are written too, and nobody reads them.
"""
import argparse
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("arrays", help="the NPZ file")
options.add_argument("scores", help="the NPY file to write, samples by classes")
options.add_argument("--epochs", type=int, default=15)
options.add_argument("--width", type=int, default=24, help="channels of the first convolution")
options.add_argument("--shift", type=int, default=2, help="pixels by which images are moved, at most")
options.add_argument("--flip", action="store_true", help="mirror images, too")
options.add_argument("--rate", type=float, default=0.4, help="the largest learning rate")
options.add_argument("--batch", type=int, default=256)
options.add_argument("--threads", type=int, default=torch.get_num_threads())
options = options.parse_args()
torch.manual_seed(0)
torch.set_num_threads(options.threads)

arrays = np.load(options.arrays)
pixels, labels, held = arrays["x"], arrays["y"].astype(np.int64), arrays["held"]
classes = int(labels.max()) + 1
kept = np.setdiff1d(np.arange(len(labels)), held)
mean = pixels[kept].mean((0, 2, 3)).reshape(1, -1, 1, 1)
deviation = pixels[kept].std((0, 2, 3)).reshape(1, -1, 1, 1)
images = torch.tensor((pixels - mean) / deviation, dtype=torch.float32)
targets = torch.tensor(labels)


def conv(inputs, outputs, pool=False):
    layers = [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers, *([nn.MaxPool2d(2)] if pool else []))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.inner = nn.Sequential(conv(channels, channels), conv(channels, channels))

    def forward(self, x):
        return x + self.inner(x)


w = options.width
network = nn.Sequential(
    conv(images.shape[1], w), conv(w, 2 * w, True), Residual(2 * w), conv(2 * w, 4 * w, True),
    conv(4 * w, 8 * w, True), Residual(8 * w), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Dropout(0.1),
    nn.Linear(8 * w, classes)).to(memory_format=torch.channels_last)
steps = len(kept) // options.batch
descent = torch.optim.SGD(network.parameters(), lr=options.rate, momentum=0.9, weight_decay=5e-4, nesterov=True)
schedule = torch.optim.lr_scheduler.OneCycleLR(descent, options.rate, total_steps=options.epochs * steps, pct_start=0.25)


def altered(batch):
    count, channels, height, width = batch.shape
    padded = F.pad(batch, (options.shift,) * 4)
    down = torch.randint(0, 2 * options.shift + 1, (count,))
    right = torch.randint(0, 2 * options.shift + 1, (count,))
    rows = (down[:, None] + torch.arange(height))[:, None, :, None]
    columns = (right[:, None] + torch.arange(width))[:, None, None, :]
    moved = padded[torch.arange(count)[:, None, None, None], torch.arange(channels)[None, :, None, None], rows, columns]
    if options.flip:
        mirrored = torch.rand(count) < 0.5
        moved[mirrored] = moved[mirrored].flip(3)
    return moved


def scores(rows):
    network.eval()
    parts = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for part in np.array_split(rows, max(1, len(rows) // 500)):
            batch = images[part].to(memory_format=torch.channels_last)
            both = [batch, batch.flip(3)] if options.flip else [batch]
            parts.append(sum(network(one).float() for one in both) / len(both))
    return torch.cat(parts)


start = time.time()
for epoch in range(options.epochs):
    network.train()
    order = torch.tensor(np.random.RandomState(epoch).permutation(kept))
    total = 0.0
    for step in range(steps):
        rows = order[step * options.batch:(step + 1) * options.batch]
        with torch.autocast("cpu", torch.bfloat16):
            guess = network(altered(images[rows]).to(memory_format=torch.channels_last))
        loss = F.cross_entropy(guess.float(), targets[rows])
        descent.zero_grad()
        loss.backward()
        descent.step()
        schedule.step()
        total += loss.item()
    right = "" if len(held) == 0 else f"  held out {(scores(held).argmax(1) == targets[held]).float().mean():.4f}"
    print(f"epoch {epoch + 1}/{options.epochs}  loss {total / steps:.4f}{right}  {time.time() - start:.0f} s", flush=True)
np.save(options.scores, scores(np.arange(len(labels))).numpy().astype(np.float32))
