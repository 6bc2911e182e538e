"""What goes wrong with a picture, in words for the person who chose it."""


class ImageError(Exception):
    """A picture that cannot be used or kept: `problem` says what is wrong, `mend` what to do; each is one sentence."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem = problem
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.problem} {self.mend}"
