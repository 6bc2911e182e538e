"""What goes wrong with a picture, in words for the person who chose it."""

from posts.sentences import Sentence, joined


class ImageError(Exception):
    """A picture that cannot be used or kept: `problem` says what is wrong, `mend` what to do; each is one sentence."""

    def __init__(self, problem: str, mend: str) -> None:
        super().__init__(problem, mend)
        self.problem = problem
        self.mend = mend

    @property
    def sentence(self) -> Sentence:
        """Both, to be translated where they are shown."""
        return joined("%(problem)s %(mend)s", problem=self.problem, mend=self.mend)

    def __str__(self) -> str:
        return str(self.sentence)


class StorageError(ImageError):
    """A picture or file that may be sound, and was not kept: the next try may succeed."""


class SilentStorageError(StorageError):
    """Where it should be kept did not answer in time, or could not be reached."""
