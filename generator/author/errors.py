"""What an author command refuses."""


class AuthorError(Exception):
    """Nothing was written; the first argument says why, the second what to do, in Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
