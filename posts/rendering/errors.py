"""The one error that rendering raises."""


class RenderingError(Exception):
    """A body that cannot become a page: `stage` is the step that gave up, `problem` says why in one sentence."""

    def __init__(self, stage: str, problem: str) -> None:
        super().__init__(f"{stage}: {problem}")
        self.stage = stage
        self.problem = problem

    def __reduce__(self) -> tuple[type["RenderingError"], tuple[str, str]]:
        """Rebuild it from its two facts, so that a worker process can send it home."""
        return type(self), (self.stage, self.problem)
