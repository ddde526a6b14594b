#!/usr/bin/env python3
"""Makes the table of the instant tier: one vector for each piece of the served model's vocabulary.

    static-table.py MODEL.onnx TOKENIZER.json PAIRS.jsonl OUT.bin

PAIRS is what 'quarry-bench pairs STORE...' prints: for each declaration the text that is embedded without its
documentation, and the documentation. A piece begins with the vector that the model gives it alone, weighted by how rare
the piece is; then the table is fitted so that a documentation's first sentence is closest to its own declaration among
those of its library. Last, cosines by the table are fitted to cosines by the model, so that both can stand in one list.
Seeded; needs numpy, scipy, onnxruntime and tokenizers. The digest of what ships is in StaticTable.java.
"""

import json
import re
import struct
import sys
import unicodedata

import numpy
import onnxruntime
import scipy.sparse
from tokenizers import Tokenizer

DIMENSION = 384
RARITY = 1e-3  # of smooth inverse frequency: pieces that are more frequent count less
EPOCHS, BATCH, RATE, TEMPERATURE = 4, 512, 0.002, 0.05
CLIPPED_AT = 2.6  # standard deviations of a row, which the largest of the four-bit values stands for
CALIBRATED = 1500
SPLIT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
WORD = re.compile(r"[A-Za-z]+|[0-9]+")


def words(text):
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return [part.lower() for word in re.findall(r"[A-Za-z0-9]+", text) for run in SPLIT.split(word)
            for part in WORD.findall(run)]


class Pieces:
    """Words cut into pieces of the vocabulary, and texts as weighted pieces."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.size = tokenizer.get_vocab_size()
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.known = {}

    def of(self, text):
        ids = []
        for word in words(text):
            if word not in self.known:
                self.known[word] = [i for i in self.tokenizer.encode(word, add_special_tokens=False).ids
                                    if i != self.unknown]
            ids += self.known[word]
        return ids

    def rows(self, texts):
        """A piece counts by the root of how often it is there, and once more for each time in the first line."""
        row, column, value = [], [], []
        for number, text in enumerate(texts):
            first = text.split("\n", 1)[0]
            all_pieces, counts = numpy.unique(numpy.array(self.of(text), int), return_counts=True)
            weights = dict(zip(all_pieces, numpy.sqrt(counts)))
            for piece in self.of(first):
                weights[piece] = weights.get(piece, 0) + 1
            row += [number] * len(weights)
            column += weights.keys()
            value += weights.values()
        shape = (len(texts), self.size)
        return scipy.sparse.csr_matrix((numpy.array(value, numpy.float32), (row, column)), shape=shape)


class Model:
    """The served model."""

    def __init__(self, path, tokenizer):
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        self.tokenizer = tokenizer

    def run(self, ids):
        inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        return unit(self.session.run(["last_hidden_state"], inputs)[0][:, 0])

    def pieces(self, size):
        """The vector of each piece alone."""
        first, last = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        parts = numpy.array_split(numpy.arange(size), 256)
        return numpy.concatenate([
            self.run(numpy.stack([numpy.full(len(p), first), p, numpy.full(len(p), last)], 1)) for p in parts])

    def texts(self, texts):
        self.tokenizer.enable_truncation(128)
        vectors = [self.run(numpy.array([self.tokenizer.encode(t).ids])) for t in texts]
        self.tokenizer.no_truncation()
        return numpy.concatenate(vectors)


def unit(rows):
    return rows / numpy.maximum(numpy.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def sentence(doc):
    match = re.match(r"(.*?[.!?])(\s|$)", doc, re.S)
    return (match.group(1) if match else doc)[:300].strip()


def read(path):
    """Libraries with their pairs of a sentence and a declaration."""
    libraries = {}
    for line in open(path, encoding="utf-8"):
        pair = json.loads(line)
        first = sentence(pair["doc"])
        if pair["callable"] and len(first.split()) >= 3:
            libraries.setdefault(pair["library"], []).append((pair["path"], first, pair["text"]))
    return libraries


def batches(libraries, random):
    """Of one library each, whole files together: what is near in a library is what must be told apart."""
    offset, all_batches = 0, []
    for pairs in libraries.values():
        files = {path: random.random() for path, _, _ in pairs}
        order = offset + numpy.array(sorted(range(len(pairs)), key=lambda i: files[pairs[i][0]]), int)
        all_batches += [order[k:k + BATCH] for k in range(0, len(order) - BATCH + 1, BATCH)]
        offset += len(pairs)
    random.shuffle(all_batches)
    return all_batches


def fit(table, questions, declarations, libraries):
    """Adam on the rows that a batch touches; the loss is that of telling each question's declaration from the others."""
    random = numpy.random.default_rng(7)
    means, squares = numpy.zeros_like(table), numpy.zeros_like(table)
    steps = EPOCHS * len(batches(libraries, random))
    step = 0
    for _ in range(EPOCHS):
        for chosen in batches(libraries, random):
            step += 1
            asked, told = questions[chosen], declarations[chosen]
            rows = numpy.unique(numpy.concatenate([asked.indices, told.indices]))
            asked, told = asked[:, rows], told[:, rows]
            gradient = gradient_of(asked, told, table[rows])
            means[rows] = 0.9 * means[rows] + 0.1 * gradient
            squares[rows] = 0.999 * squares[rows] + 0.001 * gradient * gradient
            rate = RATE * (1 - step / (steps + 1))
            table[rows] -= (rate * (means[rows] / (1 - 0.9**step))
                            / (numpy.sqrt(squares[rows] / (1 - 0.999**step)) + 1e-8))


def gradient_of(asked, told, rows):
    left, right = asked @ rows, told @ rows
    left_norm = numpy.linalg.norm(left, axis=1, keepdims=True) + 1e-9
    right_norm = numpy.linalg.norm(right, axis=1, keepdims=True) + 1e-9
    left, right = left / left_norm, right / right_norm
    logits = left @ right.T / TEMPERATURE
    by_row = numpy.exp(logits - logits.max(1, keepdims=True))
    by_column = numpy.exp(logits - logits.max(0, keepdims=True))
    slope = (by_row / by_row.sum(1, keepdims=True) + by_column / by_column.sum(0, keepdims=True)) / 2
    slope = (slope - numpy.eye(len(slope), dtype=numpy.float32)) / len(slope) / TEMPERATURE
    to_left, to_right = slope @ right, slope.T @ left
    to_left = (to_left - left * (to_left * left).sum(1, keepdims=True)) / left_norm
    to_right = (to_right - right * (to_right * right).sum(1, keepdims=True)) / right_norm
    return asked.T @ to_left + told.T @ to_right


def packed(table):
    """Rows of four-bit values with a scale each."""
    scale = CLIPPED_AT * table.std(1, keepdims=True) / 7
    scale[scale == 0] = 1
    return scale.astype(numpy.float32), numpy.clip(numpy.round(table / scale), -7, 7).astype(numpy.int8)


def calibration(model, pieces, table, questions, declarations):
    """The line from cosines by the table to cosines by the model, over the declarations that come first by the table."""
    random = numpy.random.default_rng(11)
    asked = random.permutation(len(questions))[:CALIBRATED]
    told = random.permutation(len(declarations))[:CALIBRATED]
    questions, declarations = [questions[i] for i in asked], [declarations[i] for i in told]
    by_table = unit(pieces.rows(questions) @ table) @ unit(pieces.rows(declarations) @ table).T
    by_model = model.texts(questions) @ model.texts(declarations).T
    first = numpy.argsort(-by_table, axis=1)[:, :50]
    slope, start = numpy.polyfit(numpy.take_along_axis(by_table, first, 1).ravel(),
                                 numpy.take_along_axis(by_model, first, 1).ravel(), 1)
    return slope, start


def main(model_path, tokenizer_path, pairs_path, out_path):
    tokenizer = Tokenizer.from_file(tokenizer_path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces, model = Pieces(tokenizer), Model(model_path, tokenizer)
    libraries = read(pairs_path)
    questions = [pair[1] for pairs in libraries.values() for pair in pairs]
    declarations = [pair[2] for pairs in libraries.values() for pair in pairs]
    asked, told = pieces.rows(questions), pieces.rows(declarations)
    frequency = numpy.asarray((asked > 0).sum(0) + (told > 0).sum(0)).ravel() + 0.5
    rarity = RARITY / (RARITY + frequency / frequency.sum())
    table = model.pieces(pieces.size)
    table = (table - table.mean(0)) * rarity[:, None].astype(numpy.float32)
    table /= numpy.linalg.norm(table, axis=1).mean()
    fit(table, asked, told, libraries)
    scale, values = packed(table)
    slope, start = calibration(model, pieces, scale * values, questions, declarations)
    print(f"cosine by the model = {slope:.4f} x cosine by the table + {start:.4f}")
    names = {number: name for name, number in tokenizer.get_vocab().items()}
    kept = [i for i in range(pieces.size) if re.fullmatch(r"(##)?[a-z0-9]+", names[i])]
    with open(out_path, "wb") as out:
        out.write(struct.pack(">4sIIff", b"QST1", len(kept), DIMENSION, slope, start))
        for i in kept:
            nibbles = (values[i].astype(int) + 8).astype(numpy.uint8)
            out.write(struct.pack(">If", i, scale[i, 0]) + (nibbles[0::2] << 4 | nibbles[1::2]).tobytes())


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
