"""A board: a pseudo-terminal that says what is in the file "said" each time the file "on" appears."""

import os
import sys
import time
import tty

work = sys.argv[1]
master, line = os.openpty()
tty.setraw(line)
with open(work + "/said", "rb") as file:
    said = file.read()
with open(work + "/tty.new", "w") as file:
    file.write(os.ttyname(line))
os.rename(work + "/tty.new", work + "/tty")

boots = 0
was_on = False
while True:
    on = os.path.exists(work + "/on")
    if on and not was_on:
        boots += 1
        with open(work + "/boots", "w") as file:
            file.write(str(boots))
        at = 0
        while at < len(said) and os.path.exists(work + "/on"):
            at += os.write(master, said[at : at + 256])
    was_on = on
    time.sleep(0.05)
