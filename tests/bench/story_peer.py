"""MinHash and LSH by Python datasketch over the texts of a file, one a line: documents per CPU second."""

import sys
import time

from datasketch import MinHash, MinHashLSH


def signature(text):
    words = text.lower().split()
    runs = {" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)}
    sketch = MinHash(num_perm=128)
    sketch.update_batch(list(runs))
    return sketch


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = lines.read().splitlines()
    start = time.process_time()
    sketches = [signature(text) for text in texts]
    signed = time.process_time()
    index = MinHashLSH(params=(32, 4), num_perm=128)
    for number, sketch in enumerate(sketches):
        index.query(sketch)
        index.insert(str(number), sketch)
    done = time.process_time()
    print(f"datasketch   {len(texts) / (signed - start):.0f} signatures per CPU second, "
          f"{len(texts) / (done - signed):.0f} looked up and inserted")


main()
