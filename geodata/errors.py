"""The one family of errors that geodata raises: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

RESTORE = "Restore the file, or install the program again."
"""What to do about one of the program's own files."""


class GeodataError(Exception):
    """Something about a person's data that they can understand and mend.

    Attributes
    ----------
    what : str
        What is wrong, naming the value.
    where : str
        The file, layer or line; empty where there is none.
    advice : str
        One thing to do about it; empty where there is none. Details may follow after an empty line.
    """

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(what, where, advice)
        self.what = what
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        """Return one readable line: where, what, advice."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} {self.advice}" if self.advice else head

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword-only parts when an error crosses to another process."""
        return (_rebuild, (type(self), self.what, self.where, self.advice))


def why_unreadable(error: OSError | ValueError) -> str:
    """Return in plain words, without a full stop, why a file could not be read as text."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "it is missing"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "this account may not read it"
    if isinstance(error, UnicodeDecodeError):
        return f"it is damaged: byte {error.start + 1} is no text in UTF-8"
    return f"the disk says: {error.strerror or error}" if isinstance(error, OSError) else str(error).rstrip(".")


def together(problems: Sequence[GeodataError], what: str, *, where: str, advice: str) -> tuple[GeodataError, ...]:
    """Return several problems of one kind as a single one; one or none come back as they are.

    Parameters
    ----------
    problems
        Each with the place and the reason of its own, which become the details, one a line, after an empty line.
    what, where, advice
        The headline.
    """
    if len(problems) < 2:
        return tuple(problems)
    own = (problem.advice if problem.advice != RESTORE else "" for problem in problems)
    lines = (f"{problem.where}: {problem.what} {cure}".rstrip() for problem, cure in zip(problems, own, strict=True))
    return (GeodataError(what, where=where, advice="\n".join((advice, "", *lines))),)


def left_out(problems: Sequence[GeodataError], of: str) -> tuple[GeodataError, ...]:
    """Return what was wrong with entries of a file that were left out, as one problem at most; `of` names the kind."""
    where = problems[0].where.partition(", ")[0] if problems else ""
    return together(problems, f"{len(problems)} {of} are left out.", where=where, advice="The details say why.")


def listed(names: Sequence[str], *, most: int = 4) -> str:
    """Return names as a phrase: ``A``, ``A and B``, ``A, B and C``, and beyond `most` ``A, B, C and 25 more``."""
    if len(names) > most:
        names = (*names[: most - 1], f"{len(names) - most + 1} more")
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _rebuild(kind: type[GeodataError], what: str, where: str, advice: str) -> GeodataError:
    return kind(what, where=where, advice=advice)


class CatalogueError(GeodataError):
    """The catalogue of layers cannot be read, or one of its entries makes no sense."""


class PreparedError(GeodataError):
    """A prepared layer is missing, damaged, or from another version."""


class GeometryError(GeodataError):
    """A geometry cannot be taken to the map plane."""


class ArticleError(GeodataError):
    """An article cannot be read, or a passage in it cannot be found."""


class AnnotationError(GeodataError):
    """An annotation does not follow the schema."""


class ReadingError(GeodataError):
    """A file that somebody brought cannot be read, or is not of a kind that may be."""


class DocumentError(GeodataError):
    """A document cannot be opened or saved."""


class DocumentChangedError(DocumentError):
    """Somebody else changed a document's file since it was opened; it is not overwritten."""
