"""The embedding model as it is served, with the few of its numbers that scripts fit to Java: 'tuning.bin' and the like.

Fitted are the biases, the layer norms, and the matrices: either others of low rank that are added to the model's own, or
each of their numbers. They stay what the served file has: matrices in 8 bits, with a scale for each column. In each step
they are rounded to these 8 bits, those of low rank as LowRankUpdate.java does it when Quarry unpacks the model, so that what
is fitted is what is served; rounding hands its gradient on. Needs numpy, onnx and torch.
"""

import math
import struct
import sys
import zlib

import numpy
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

LAYERS, HEADS, WIDTH, QUANTUM_MAX = 12, 12, 384, 64
PARTS = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
         "intermediate.dense", "output.dense"]


def dither(number, shape):
    """Numbers from 0 to below 1 that look like chance: the last step of SplitMix64 on the place."""
    x = numpy.arange(shape[0] * shape[1], dtype=numpy.uint64) + numpy.uint64(number << 32)
    with numpy.errstate(over="ignore"):
        x += numpy.uint64(0x9E3779B97F4A7C15)
        x = (x ^ x >> numpy.uint64(30)) * numpy.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ x >> numpy.uint64(27)) * numpy.uint64(0x94D049BB133111EB)
        x ^= x >> numpy.uint64(31)
    return ((x >> numpy.uint64(40)).astype(numpy.float32) / numpy.float32(1 << 24)).reshape(shape)


class Linear(torch.nn.Module):
    """A product with a matrix of the file, as it is when it is changed, and a bias."""

    def __init__(self, number, matrix, scales, bias):
        super().__init__()
        self.number, self.served = number, torch.from_numpy(matrix.astype(numpy.float32))
        self.scales, self.chance = torch.from_numpy(scales), torch.from_numpy(dither(number, matrix.shape))
        self.bias = torch.nn.Parameter(bias)

    @torch.no_grad()
    def merge(self):
        self.weight = (self.units() * self.scales).bfloat16()

    def rounded(self, sums):
        return sums.floor_().clamp_(-QUANTUM_MAX, QUANTUM_MAX)


class LowRankLinear(Linear):
    """To its matrix one of low rank is added."""

    def __init__(self, rank, *others):
        super().__init__(*others)
        self.left = torch.nn.Parameter(torch.randn(self.served.shape[0], rank) / math.sqrt(self.served.shape[0]))
        self.right = torch.nn.Parameter(torch.zeros(rank, self.served.shape[1]))
        self.merge()

    def units(self):
        return self.rounded(torch.addmm(self.served + self.chance, self.left, self.right / self.scales))

    def forward(self, x):
        y = x.bfloat16() @ self.weight + self.bias.bfloat16()
        if torch.is_grad_enabled():
            added = (x.detach().bfloat16() @ self.left.bfloat16()) @ self.right.bfloat16()
            y = y + (added - added.detach())
        return y


class WholeLinear(Linear):
    """Each number of its matrix is fitted."""

    def __init__(self, *others):
        super().__init__(*others)
        self.exact = torch.nn.Parameter(self.served * self.scales)
        self.merge()

    @torch.no_grad()
    def units(self):
        return self.rounded(self.exact / self.scales + self.chance)

    def forward(self, x):
        return x.bfloat16() @ StraightThrough.apply(self.exact, self.weight) + self.bias.bfloat16()


class StraightThrough(torch.autograd.Function):
    """The rounded numbers in place of the exact ones, which get their gradient."""

    @staticmethod
    def forward(_, exact, rounded):
        return rounded

    @staticmethod
    def backward(_, gradient):
        return gradient.float(), None


class Norm(torch.nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight, self.bias = torch.nn.Parameter(weight), torch.nn.Parameter(bias)

    def forward(self, x):
        return functional.layer_norm(x, (WIDTH,), self.weight, self.bias, 1e-12)


class Network(torch.nn.Module):
    """The model of a quantized file; gives the state of each text's first token. Without a rank its matrices are fitted."""

    def __init__(self, path, rank=None):
        super().__init__()
        self.content = open(path, "rb").read()
        graph = onnx.load_from_string(self.content).graph
        self.values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        made_by = {output: node for node in graph.node for output in node.output}
        self.matrices = {}
        for node in graph.node:
            biases = [i for i in node.input if i in self.values and i.endswith(".bias")]
            product = next((made_by[i] for i in node.input if i in made_by), None)
            while product is not None and product.op_type in ("Mul", "Cast"):
                product = next((made_by[i] for i in product.input
                                if i in made_by and made_by[i].op_type in ("Mul", "Cast", "MatMulInteger")), None)
            if node.op_type == "Add" and biases and product is not None and product.op_type == "MatMulInteger":
                self.matrices[biases[0][:-len(".bias")]] = product.input[1]
        self.words, self.places, self.types = (self.embedding(name) for name in ("word", "position", "token_type"))
        self.first = self.norm("embeddings.LayerNorm")
        self.linears, self.norms = torch.nn.ModuleDict(), torch.nn.ModuleDict()
        for layer in range(LAYERS):
            for number, part in enumerate(PARTS):
                name = f"encoder.layer.{layer}.{part}"
                matrix = self.matrices[name]
                parts = (layer * len(PARTS) + number, self.values[matrix], self.scales(matrix),
                         torch.from_numpy(self.values[name + ".bias"].copy()))
                self.linears[key(name)] = LowRankLinear(rank, *parts) if rank else WholeLinear(*parts)
            for part in ("attention.output.LayerNorm", "output.LayerNorm"):
                name = f"encoder.layer.{layer}.{part}"
                self.norms[key(name)] = self.norm(name)

    def embedding(self, name):
        stem = f"embeddings.{name}_embeddings.weight"
        zero, scale = self.values[stem + "_zero_point"], self.values[stem + "_scale"]
        return torch.from_numpy((self.values[stem + "_quantized"].astype(numpy.float32) - zero) * scale)

    def scales(self, matrix):
        return self.values[matrix[:-len("quantized")] + "scale"].astype(numpy.float32)

    def norm(self, name):
        return Norm(*(torch.from_numpy(self.values[f"{name}.{part}"].copy()) for part in ("weight", "bias")))

    def fitted_matrices(self):
        return [each for linear in self.linears.values() for name, each in linear.named_parameters() if name != "bias"]

    def others(self):
        matrices = set(map(id, self.fitted_matrices()))
        return [each for each in self.parameters() if id(each) not in matrices]

    def merge(self):
        for linear in self.linears.values():
            linear.merge()

    def forward(self, ids, types, lengths):
        count, size = ids.shape
        x = self.first(self.words[ids] + self.places[:size] + self.types[types])
        mask = (torch.arange(size)[None] < lengths[:, None])[:, None, None, :]
        for number in range(LAYERS):
            def linear(part, of):
                return self.linears[key(f"encoder.layer.{number}.{part}")](of)

            def norm(part, of):
                return self.norms[key(f"encoder.layer.{number}.{part}")](of)

            asking = x[:, :1] if number == LAYERS - 1 else x  # of the last layer the first token is all that is read
            parts = [linear("attention.self." + part, of).view(count, -1, HEADS, WIDTH // HEADS).transpose(1, 2)
                     for part, of in (("query", asking), ("key", x), ("value", x))]
            mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask).transpose(1, 2)
            mixed = linear("attention.output.dense", mixed.reshape(count, -1, WIDTH))
            x = norm("attention.output.LayerNorm", mixed + asking)
            inner = functional.gelu(linear("intermediate.dense", x))
            x = norm("output.LayerNorm", linear("output.dense", inner) + x)
        return x[:, 0].float()

    def states(self, rows, at_once):
        """Of rows of piece numbers and types, in their order; some are read at once, of like length."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
        parts = []
        for start in range(0, len(order), at_once):
            part = [rows[i] for i in order[start:start + at_once]]
            longest = max(len(ids) for ids, _ in part)
            ids, types = (torch.tensor([row[each] + [0] * (longest - len(row[each])) for row in part]) for each in (0, 1))
            with torch.autocast("cpu", torch.bfloat16):
                parts.append(self(ids, types, torch.tensor([len(ids) for ids, _ in part])))
        place = torch.empty(len(order), dtype=torch.long)
        place[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[place]

    def write(self, out_path):
        """What NetworkTuning.java reads."""
        blocks = {}
        for module in (self.linears, self.norms):
            for name, each in module.items():
                blocks[name.replace("/", ".") + ".bias"] = each.bias
        for name, norm in [*self.norms.items(), ("embeddings/LayerNorm", self.first)]:
            blocks[name.replace("/", ".") + ".weight"], blocks[name.replace("/", ".") + ".bias"] = norm.weight, norm.bias
        low, whole = ([item for item in self.linears.items() if isinstance(item[1], kind)]
                      for kind in (LowRankLinear, WholeLinear))
        with open(out_path, "wb") as out:
            out.write(struct.pack(">4sI", b"QTU3", len(blocks)))
            for name in sorted(blocks):
                new = blocks[name].detach().numpy().astype("<f4").tobytes()
                out.write(struct.pack(">II", self.place(self.values[name].tobytes(), name), len(new)) + new)
            out.write(struct.pack(">I", len(low)))
            for name, linear in low:
                out.write(self.update(self.matrices[name.replace("/", ".")], linear))
            out.write(self.unit_changes(whole))

    def unit_changes(self, linears):
        """What UnitChanges.java reads."""
        runs, added = b"", b""
        for name, linear in linears:
            matrix = self.matrices[name.replace("/", ".")]
            runs += struct.pack(">II", self.place(self.values[matrix].tobytes(), matrix), linear.served.numel())
            added += (linear.units() - linear.served).to(torch.int16).numpy().astype(numpy.uint8).tobytes()
        deflated = zlib.compress(added, 9) if linears else b""
        return struct.pack(">I", len(linears)) + runs + struct.pack(">I", len(deflated)) + deflated

    def update(self, matrix, linear):
        """What LowRankUpdate.java reads."""
        left, right = linear.left.detach().numpy(), linear.right.detach().numpy()
        units = [numpy.maximum(numpy.abs(each).max(axis), 1e-12) / 127 for each, axis in ((left, 0), (right, 1))]
        return struct.pack(
            ">6I", self.place(self.values[matrix].tobytes(), matrix), *self.values[matrix].shape,
            self.place(self.scales(matrix).astype("<f4").tobytes(), matrix + "'s scales"),
            left.shape[1], linear.number) + (units[0] * units[1]).astype(">f4").tobytes() + b"".join(
                numpy.rint(each).astype(numpy.int8).tobytes() for each in (left / units[0], right / units[1][:, None]))

    def place(self, old, name):
        if self.content.count(old) != 1:
            sys.exit(f"{name} is not once in the file")
        return self.content.index(old)


def key(name):
    """Modules may not have dots in their names."""
    return name.replace(".", "/")
