"""Official Thai time, words and digits: what people type, and how the product writes it back."""

from kpi_metrics.model import Text


class Unreadable(ValueError):
    """A cell that cannot be read: the text found, what is wrong with it, and what would be right."""

    def __init__(self, found: object, wrong: Text, expected: Text) -> None:
        self.found = "" if found is None else str(found)
        self.wrong = wrong
        self.expected = expected
        super().__init__(f"{wrong.en} ({self.found!r}). {expected.en}")

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, Text, Text]]:
        return type(self), (self.found, self.wrong, self.expected)
