#!/usr/bin/env python3
"""Fits a few numbers of the embedding model to Java: what 'tuning.bin' puts in the place of the model's own.

    tune-model.py FULL.onnx QUANTIZED.onnx TOKENIZER.json MINUTES OUT.bin PAIRS.jsonl...

FULL is the model in 32-bit floats, QUANTIZED the one that is served; both have the same biases and layer norms, which are
all that is fitted: the matrices stay as they are, quantized, and the file keeps its layout. Each PAIRS is what
'quarry-bench pairs STORE' prints for one library: for each declaration the text that is embedded without its
documentation, and the documentation; what ships was made from the libraries in tune-model.libraries, of each some
hundred files, in 52 minutes of one core. A documentation's first sentence is to be closer to its own declaration than
to others of the library that lie near it. How cosines are spread (their means and deviations, between sentences, between
declarations and across) is held where it was, because what ranks by them has constants in their unit.

Seeded, but ended by the clock; needs numpy, onnx, tokenizers and torch. The digest of what ships is in manifest.json.
"""

import json
import math
import random
import re
import struct
import sys
import time

import numpy
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch.nn import functional

LAYERS, HEADS, WIDTH = 12, 12, 384
QUESTION_TOKENS, TEXT_TOKENS, END = 48, 72, 102
BATCH, AT_ONCE, PER_LIBRARY, PER_FILE, NEAR = 64, 16, 1300, 40, 8
RATE, WARM_UP, SCALE, BACKWARD, ANCHOR = 7e-4, 40, 40.0, 0.3, 60.0
HEAD_ALONE, WITHOUT_COMMENTS = 0.12, 0.6
SENTENCE = re.compile(r"(.+?[.!?])(?=\s+[A-Z<@({]|$)")
NO_SENTENCE = re.compile(r"(?i)(\(non-javadoc|see |@|todo|deprecated|inherit|\{@inherit)")
LEADS = ["how to ", "how do I ", "where do we ", "code to ", "what does it take to ", "function to ",
         "where is the code that lets me "]


class Network(torch.nn.Module):
    """The model, with its biases and layer norms as parameters by the names that the file gives them."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
        made_by = {output: node for node in graph.node for output in node.output}
        self.fixed = {name: value for name, value in values.items() if name.endswith("embeddings.weight")}
        for node in graph.node:
            biases = [i for i in node.input if i in values and i.endswith(".bias")]
            products = [made_by[i] for i in node.input if i in made_by and made_by[i].op_type == "MatMul"]
            if node.op_type == "Add" and biases and products:
                self.fixed[biases[0][:-len(".bias")]] = values[products[0].input[1]].t().contiguous()
        self.names = sorted(name for name in values if name.endswith((".bias", "LayerNorm.weight")))
        self.fitted = torch.nn.ParameterList(torch.nn.Parameter(values[name]) for name in self.names)
        self.index = {name: i for i, name in enumerate(self.names)}

    def own(self, name):
        return self.fitted[self.index[name]]

    def linear(self, name, x):
        return functional.linear(x, self.fixed[name], self.own(name + ".bias"))

    def norm(self, name, x):
        return functional.layer_norm(x, (WIDTH,), self.own(name + ".weight"), self.own(name + ".bias"), 1e-12)

    def forward(self, ids, lengths):
        fixed, (count, size) = self.fixed, ids.shape
        x = self.norm("embeddings.LayerNorm", fixed["embeddings.word_embeddings.weight"][ids]
                      + fixed["embeddings.position_embeddings.weight"][:size]
                      + fixed["embeddings.token_type_embeddings.weight"][0])
        mask = (torch.arange(size)[None] < lengths[:, None])[:, None, None, :]
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}."
            asking = x[:, :1] if number == LAYERS - 1 else x  # of the last layer the first token is all that is read
            parts = [self.linear(layer + "attention.self." + part, of).view(count, -1, HEADS, WIDTH // HEADS)
                     .transpose(1, 2) for part, of in (("query", asking), ("key", x), ("value", x))]
            mixed = functional.scaled_dot_product_attention(*parts, attn_mask=mask).transpose(1, 2)
            mixed = self.linear(layer + "attention.output.dense", mixed.reshape(count, -1, WIDTH))
            x = self.norm(layer + "attention.output.LayerNorm", mixed + asking)
            inner = functional.gelu(self.linear(layer + "intermediate.dense", x))
            x = self.norm(layer + "output.LayerNorm", self.linear(layer + "output.dense", inner) + x)
        return functional.normalize(x[:, 0].float(), dim=-1)


class Texts:
    """Turns texts into vectors, some at once, by length."""

    def __init__(self, network, tokenizer):
        self.network, self.tokenizer = network, tokenizer

    def vectors(self, texts, limit):
        pieces = [text.ids for text in self.tokenizer.encode_batch(texts)]
        pieces = [ids if len(ids) <= limit else ids[:limit - 1] + [END] for ids in pieces]
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        parts = []
        for start in range(0, len(order), AT_ONCE):
            part = [pieces[i] for i in order[start:start + AT_ONCE]]
            longest = max(map(len, part))
            ids = torch.tensor([each + [0] * (longest - len(each)) for each in part])
            with torch.autocast("cpu", torch.bfloat16):
                parts.append(self.network(ids, torch.tensor([len(each) for each in part])))
        place = torch.empty(len(order), dtype=torch.long)
        place[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[place]


def sentence(doc):
    plain = re.sub(r"\s+", " ", doc).strip()
    match = SENTENCE.match(plain)
    return (match.group(1) if match else plain)[:240].strip()


def read(path, chance):
    """Pairs of a library: sentence, text, name with owner, file. Whole files, some from each."""
    files, seen = {}, {}
    for line in open(path, encoding="utf-8"):
        pair = json.loads(line)
        first = sentence(pair["doc"])
        is_sentence = 3 <= len(first.split()) <= 45 and not NO_SENTENCE.match(first) and "inheritDoc" not in first
        seen[first] = seen.get(first, 0) + 1
        if pair["callable"] and is_sentence and seen[first] <= 2:
            row = (first, pair["text"], pair["text"].split("\n", 1)[0].split(".", 1)[0], pair["path"])
            files.setdefault(pair["path"], []).append(row)
    chosen, order = [], sorted(files)
    chance.shuffle(order)
    for file in order:
        chance.shuffle(files[file])
        chosen += files[file][:PER_FILE]
    return chosen[:PER_LIBRARY]


def varied(question, chance):
    """A sentence as documentation has it, or more as people ask."""
    kind = chance.random()
    if kind < 0.55:
        return question
    question = question.rstrip(".")
    if kind < 0.7:
        return question
    verb, _, rest = question.partition(" ")
    if rest and re.fullmatch(r"[A-Z][a-z]{2,}[a-rt-z]s", verb):
        question = verb[:-1].lower() + " " + rest
    elif not question[1:2].isupper():
        question = question[0].lower() + question[1:]
    return chance.choice(LEADS) + question if kind > 0.88 else question


def told(text, chance):
    """A declaration's text: often without its comments, sometimes its first line alone."""
    if chance.random() < HEAD_ALONE:
        return text.split("\n", 1)[0]
    if chance.random() < WITHOUT_COMMENTS:
        text = re.sub(r"(?m)^\s*//.*\n", "", text)
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return text


def batches(libraries, chance):
    """Of one library each, in groups of one file: what is near in a library is what must be told apart."""
    waiting = [[] for _ in libraries]
    weights = [math.sqrt(len(library)) for library in libraries]
    while True:
        number = chance.choices(range(len(libraries)), weights)[0]
        if len(waiting[number]) < BATCH:
            files, groups = {}, []
            for row in libraries[number]:
                files.setdefault(row[3], []).append(row)
            for rows in files.values():
                chance.shuffle(rows)
                groups += [rows[i:i + NEAR] for i in range(0, len(rows), NEAR)]
            chance.shuffle(groups)
            waiting[number] = [row for group in groups for row in group]
        batch, waiting[number] = waiting[number][:BATCH], waiting[number][BATCH:]
        if len(batch) >= BATCH // 4:
            yield batch


def spread(asked, declared):
    """Mean and deviation of the cosines across, between questions, and between declarations."""
    figures = []
    for cosines in (asked @ declared.T, asked @ asked.T, declared @ declared.T):
        others = cosines[~torch.eye(len(cosines), dtype=torch.bool)]
        figures += [others.mean(), others.std()]
    return torch.stack(figures)


def fit(texts, libraries, minutes):
    chance = random.Random(7)
    torch.manual_seed(7)
    source = batches(libraries, chance)

    def vectors(batch):
        return (texts.vectors([varied(row[0], chance) for row in batch], QUESTION_TOKENS),
                texts.vectors([told(row[1], chance) for row in batch], TEXT_TOKENS))

    with torch.no_grad():
        before = torch.stack([spread(*vectors(next(source))) for _ in range(12)]).mean(0)
    scale = torch.nn.Parameter(torch.tensor(math.log(SCALE)))
    fitted = [*texts.network.parameters(), scale]
    optimizer = torch.optim.AdamW(fitted, lr=RATE, weight_decay=0.0)
    start, step = time.time(), 0
    while (done := (time.time() - start) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * done))
        batch = next(source)
        asked, declared = vectors(batch)
        now = spread(asked, declared)
        scores = scale.exp() * (asked @ declared.T)
        alike = torch.tensor([[i != j and (one[0] == other[0] or one[2] == other[2]) for j, other in enumerate(batch)]
                              for i, one in enumerate(batch)])  # overloads answer each other's questions
        scores = scores.masked_fill(alike, -1e4)
        own = torch.arange(len(batch))
        loss = functional.cross_entropy(scores, own) + BACKWARD * functional.cross_entropy(scores.T, own)
        optimizer.zero_grad()
        (loss + ANCHOR * ((now - before) ** 2).sum()).backward()
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(step, f"loss {loss.item():.3f}", "spread", [round(x, 3) for x in now.tolist()], flush=True)


def write(network, quantized, out_path):
    """Blocks of the served file: offset, length, bytes. The file: 'QTU1', the number of blocks; big-endian."""
    content = open(quantized, "rb").read()
    served = {i.name: numpy_helper.to_array(i) for i in onnx.load_from_string(content).graph.initializer}
    with open(out_path, "wb") as out:
        out.write(struct.pack(">4sI", b"QTU1", len(network.names)))
        for name in network.names:
            old, new = served[name].tobytes(), network.own(name).detach().numpy().astype("<f4").tobytes()
            if content.count(old) != 1:
                sys.exit(f"{name} is not once in {quantized}")
            out.write(struct.pack(">II", content.index(old), len(new)) + new)


def main(full, quantized, tokenizer_path, minutes, out_path, *pairs):
    tokenizer = Tokenizer.from_file(tokenizer_path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chance = random.Random(1)
    libraries = [rows for rows in (read(path, chance) for path in sorted(pairs)) if len(rows) >= BATCH]
    print(len(libraries), "libraries,", sum(map(len, libraries)), "pairs")
    network = Network(full)
    fit(Texts(network, tokenizer), libraries, float(minutes))
    write(network, quantized, out_path)


if __name__ == "__main__":
    if len(sys.argv) < 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
