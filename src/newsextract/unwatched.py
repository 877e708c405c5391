"""Making many objects that hold no cycles, without the garbage collector looking for some."""

from __future__ import annotations

import gc


class Unwatched:
    """The garbage collector waits while a text is read: what is made on the way goes by itself, and looking for it among all else takes a tenth of
    the time, far more where a text is very long."""

    __slots__ = ("_watched",)

    def __enter__(self) -> None:
        self._watched = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._watched:
            gc.enable()
