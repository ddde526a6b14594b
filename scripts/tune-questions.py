#!/usr/bin/env python3
"""Fits the model that tells whether two questions ask the same: makes 'same-question.bin' and 'same-question-head.bin'.

    tune-questions.py QUANTIZED.onnx TOKENIZER.json MINUTES OUT.bin HEAD.bin BLOCKS.txt...

QUANTIZED is the embedding model as its jar has it; each number of its matrices is fitted (fitted_network.py), and besides a
row of weights behind the state of the first token: their product is the logarithm of the odds. BLOCKS are questions as in
cache-questions.txt of the bench: lines of a block ask the same, but for those with "~", which are close and ask something
else; {X}, {Y} and {N} stand for names and a number. What ships was made from the blocks in 'questions' beside this but
for compilers-and-clients.txt, and from cache-questions.txt and cache-questions-fresh.txt of the bench, by two cores whose
gradients were averaged. It went on from a fit by matrices of rank 16, of 69 and 96 minutes: 75 minutes at the rate below, of
a course of 104, with two thirds of the blocks, and 48 at half of it with the last three fifths and half of the others.

Seeded, but ended by the clock; needs numpy, onnx, tokenizers and torch. The digest of what ships is in SameQuestionModel.
"""

import itertools
import math
import random
import struct
import sys
import time

import torch
from fitted_network import WIDTH, Network
from tokenizers import Tokenizer
from torch.nn import functional

BATCH, AT_ONCE, TOKENS_MAX = 112, 14, 96
SAME, OTHER, SMOOTHED = 5, 9, 0.01  # pairs of a block in each round; how far labels are from 0 and 1
RATE, WARM_UP = 1e-4, 60
NAMES = ["StringUtils.isBlank", "Parser#parse", "ConcurrentHashMap", "OrderService", "readFully", "JsonReader",
         "IndexBuilder.commit", "Socket", "Cart", "flush", "EventLoop", "Matcher.find", "TokenStream", "CacheLoader",
         "UserDao.save", "close()", "HttpClient", "Scheduler"]
NUMBERS = [2, 3, 5, 8, 10, 16, 64, 100, 404, 500, 1024]


def blocks(path):
    lines = [line.rstrip("\n") for line in open(path, encoding="utf-8") if not line.startswith("#")]
    for has_text, block in itertools.groupby(lines, lambda line: bool(line.strip())):
        if has_text:
            yield list(block)


def filled(block, chance):
    names, number = chance.sample(NAMES, 2), str(chance.choice(NUMBERS))
    return [line.replace("{X}", names[0]).replace("{Y}", names[1]).replace("{N}", number) for line in block]


def pairs(all_blocks, chance):
    """Some pairs of each block, with whether they ask the same; blocks in any order."""
    rows = []
    for block in all_blocks:
        block = filled(block, chance)
        same = [line for line in block if not line.startswith("~")]
        other = [line[1:].strip() for line in block if line.startswith("~")]
        alike, apart = list(itertools.combinations(same, 2)), list(itertools.product(same, other))
        chance.shuffle(alike)
        chance.shuffle(apart)
        rows.append([(pair, 1.0) for pair in alike[:SAME]] + [(pair, 0.0) for pair in apart[:OTHER]])
    chance.shuffle(rows)
    return [pair for row in rows for pair in row]


class Judge(torch.nn.Module):
    def __init__(self, path, tokenizer):
        super().__init__()
        self.network, self.tokenizer = Network(path), tokenizer
        self.weights = torch.nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.start = torch.nn.Parameter(torch.zeros(1))

    def forward(self, questions):
        read = [self.tokenizer.encode(*pair) for pair in questions]
        rows = [(each.ids[:TOKENS_MAX], each.type_ids[:TOKENS_MAX]) for each in read]
        return self.network.states(rows, AT_ONCE) @ self.weights + self.start


def fit(judge, all_blocks, minutes):
    chance = random.Random(3)
    fitted = [each for each in judge.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(fitted, weight_decay=0)
    start, step, waiting = time.time(), 0, []
    while (done := (time.time() - start) / (60 * minutes)) < 1:
        waiting = waiting or pairs(all_blocks, chance)
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * done))
        odds = judge([pair if chance.random() < 0.5 else pair[::-1] for pair, _ in batch])
        wanted = torch.tensor([same for _, same in batch])
        loss = functional.binary_cross_entropy_with_logits(odds, wanted * (1 - 2 * SMOOTHED) + SMOOTHED)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(fitted, 1.0)
        optimizer.step()
        judge.network.merge()
        step += 1
        if step % 50 == 0:
            right = ((odds > 0) == (wanted > 0.5)).float().mean().item()
            print(step, f"loss {loss.item():.3f} right {right:.2f}", flush=True)


def main(quantized, tokenizer_path, minutes, out_path, head_path, *files):
    torch.manual_seed(3)
    tokenizer = Tokenizer.from_file(tokenizer_path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    all_blocks = [block for file in files for block in blocks(file)]
    print(len(all_blocks), "blocks")
    judge = Judge(quantized, tokenizer)
    fit(judge, all_blocks, float(minutes))
    judge.network.write(out_path)
    with open(head_path, "wb") as out:
        out.write(struct.pack(">f", judge.start.item()) + judge.weights.detach().numpy().astype(">f4").tobytes())


if __name__ == "__main__":
    if len(sys.argv) < 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
