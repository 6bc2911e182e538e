"""The one error that rendering raises."""

from posts.sentences import Sentence, joined


class RenderingError(Exception):
    """A body that cannot become a page: `stage` is the step that gave up, `problem` says why in one sentence."""

    def __init__(self, stage: str, problem: str) -> None:
        super().__init__(f"{stage}: {problem}")
        self.stage = stage
        self.problem = problem

    @property
    def sentence(self) -> Sentence:
        """The stage and the problem, to be translated where they are shown."""
        return joined("%(stage)s: %(problem)s", stage=self.stage, problem=self.problem)

    def __reduce__(self) -> tuple[type["RenderingError"], tuple[str, str]]:
        """Rebuild it from its two facts, so that a worker process can send it home."""
        return type(self), (self.stage, self.problem)
