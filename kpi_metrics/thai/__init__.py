"""Official Thai time, words and digits: what people type, and how the product writes it back."""

from collections.abc import Sequence

from kpi_metrics.model import Text

Meant = tuple[Text, str]  # what a person may have meant, in words and as it would be written


class Unreadable(ValueError):
    """A cell that cannot be read: the text found, what is wrong with it, what would be right, and what may be meant."""

    def __init__(self, found: object, wrong: Text, expected: Text, meant: Sequence[Meant] = ()) -> None:
        self.found = "" if found is None else str(found)
        self.wrong = wrong
        self.expected = expected
        self.meant = tuple(meant)
        super().__init__(f"{wrong.en} ({self.found!r}). {expected.en}")

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, Text, Text, tuple[Meant, ...]]]:
        return type(self), (self.found, self.wrong, self.expected, self.meant)
