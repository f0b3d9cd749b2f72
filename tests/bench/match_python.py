"""What most people write: one alternation of all terms, caseless. match_python.py TERMS BLOCKS SECONDS"""
import re
import sys
import time

terms = open(sys.argv[1], encoding="utf-8").read().split("\n")[:-1]
blocks = open(sys.argv[2], encoding="utf-8").read().split("\n")[:-1]
pattern = re.compile("|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)), re.IGNORECASE)
size = matches = 0
start = time.process_time()
for block in blocks:
    matches += len(pattern.findall(block))
    size += len(block.encode())
    if time.process_time() - start > float(sys.argv[3]):
        break
print(f"{size / (time.process_time() - start) / 1e6:.3f} {matches}")
