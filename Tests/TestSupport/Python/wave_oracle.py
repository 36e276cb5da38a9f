"""Answers for Python's own reader of WAV files.

Reads lines of JSON, {"file": hexadecimal}, and answers each with one line: channels, bits, frames a second, frames and
the samples' SHA-256; or what is wrong with the file.
"""

import hashlib
import io
import json
import sys
import wave


def answer(case):
    content = bytes.fromhex(case["file"])
    # wave takes a file that is shorter, or longer, than its header says.
    if int.from_bytes(content[4:8], "little") != len(content) - 8:
        return "the RIFF chunk is not the whole file"
    try:
        with wave.open(io.BytesIO(content)) as file:
            samples = file.readframes(file.getnframes())
            if len(samples) != file.getnframes() * file.getnchannels() * file.getsampwidth():
                return "the samples end early"
            digest = hashlib.sha256(samples).hexdigest()
            return f"{file.getnchannels()} {8 * file.getsampwidth()} {file.getframerate()} {file.getnframes()} {digest}"
    except (wave.Error, EOFError) as error:
        return f"{type(error).__name__}: {error}"


for line in sys.stdin:
    print(answer(json.loads(line)), flush=True)
