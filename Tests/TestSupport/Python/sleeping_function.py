"""Sleeps for the seconds of its event and answers its process's number; "die" ends it."""

import os
import time

from lambda_function import run


def answer(event):
    if event == "die":
        os._exit(1)
    time.sleep(event)
    return os.getpid()


run(answer)
