#!/usr/bin/env python3
"""Fits the embedding model to Java: makes 'tuning.bin', the changes to the model's file that Quarry serves it with.

    tune-model.py QUANTIZED.onnx TOKENIZER.json MINUTES OUT.bin PAIRS.jsonl...

QUANTIZED is the model as its jar has it; what is fitted of it is in fitted_network.py. Each PAIRS is what 'quarry-bench
pairs STORE' prints for one library: for each declaration the text that is embedded without its documentation, and the
documentation; what ships was made from the libraries in tune-model.libraries, of each some hundred files, in about two
hours of one core. A documentation's first sentence is to be closer to its own declaration than to others of the library
that lie near it. How cosines are spread (their means and deviations, between sentences, between declarations and across)
is held where it was, because what ranks by them has constants in their unit. Biases and layer norms are fitted alone
first, then the matrices of low rank with them.

Seeded, but ended by the clock; needs numpy, onnx, tokenizers and torch. The digest of what ships is in manifest.json.
"""

import json
import math
import random
import re
import sys
import time

import torch
from fitted_network import Network
from tokenizers import Tokenizer
from torch.nn import functional

QUESTION_TOKENS, TEXT_TOKENS, END, RANK = 48, 72, 102, 16
BATCH, AT_ONCE, PER_LIBRARY, PER_FILE, NEAR = 64, 16, 1500, 40, 8
STAGES = [(0.45, 0.0, 7e-4), (0.55, 8e-4, 3e-4)]  # share of the time, rates of matrices and of the rest
WARM_UP, SCALE, BACKWARD, ANCHOR = 40, 40.0, 0.3, 60.0
HEAD_ALONE, WITHOUT_COMMENTS = 0.12, 0.6
SENTENCE = re.compile(r"(.+?[.!?])(?=\s+[A-Z<@({]|$)")
NO_SENTENCE = re.compile(r"(?i)(\(non-javadoc|see |@|todo|deprecated|inherit|\{@inherit)")
LEADS = ["how to ", "how do I ", "where do we ", "code to ", "what does it take to ", "function to ",
         "where is the code that lets me "]


class Texts:
    """Turns texts into vectors."""

    def __init__(self, network, tokenizer):
        self.network, self.tokenizer = network, tokenizer

    def vectors(self, texts, limit):
        pieces = [text.ids for text in self.tokenizer.encode_batch(texts)]
        pieces = [ids if len(ids) <= limit else ids[:limit - 1] + [END] for ids in pieces]
        states = self.network.states([(ids, [0] * len(ids)) for ids in pieces], AT_ONCE)
        return functional.normalize(states, dim=-1)


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
    for share, matrices, rest in STAGES:
        optimizer = torch.optim.AdamW([{"params": texts.network.fitted_matrices(), "most": matrices},
                                       {"params": [*texts.network.others(), scale], "most": rest}], weight_decay=0.0)
        start, step = time.time(), 0
        while (done := (time.time() - start) / (60 * minutes * share)) < 1:
            for group in optimizer.param_groups:
                group["lr"] = group["most"] * min(1, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * done))
            loss, now = told_apart(next(source), vectors, scale)
            optimizer.zero_grad()
            (loss + ANCHOR * ((now - before) ** 2).sum()).backward()
            torch.nn.utils.clip_grad_norm_(texts.network.parameters(), 1.0)
            optimizer.step()
            texts.network.merge()
            step += 1
            if step % 50 == 0:
                print(step, f"loss {loss.item():.3f}", "spread", [round(x, 3) for x in now.tolist()], flush=True)


def told_apart(batch, vectors, scale):
    """The loss of telling each sentence's declaration from the others, and how the cosines are spread."""
    asked, declared = vectors(batch)
    scores = scale.exp() * (asked @ declared.T)
    alike = torch.tensor([[i != j and (one[0] == other[0] or one[2] == other[2]) for j, other in enumerate(batch)]
                          for i, one in enumerate(batch)])  # overloads answer each other's questions
    scores = scores.masked_fill(alike, -1e4)
    own = torch.arange(len(batch))
    loss = functional.cross_entropy(scores, own) + BACKWARD * functional.cross_entropy(scores.T, own)
    return loss, spread(asked, declared)


def main(quantized, tokenizer_path, minutes, out_path, *pairs):
    tokenizer = Tokenizer.from_file(tokenizer_path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chance = random.Random(1)
    libraries = [rows for rows in (read(path, chance) for path in sorted(pairs)) if len(rows) >= BATCH]
    print(len(libraries), "libraries,", sum(map(len, libraries)), "pairs")
    network = Network(quantized, RANK)
    fit(Texts(network, tokenizer), libraries, float(minutes))
    network.write(out_path)


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
