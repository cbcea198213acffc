"""The one family of errors that geodata raises: what is wrong, where, and what to do."""


class GeodataError(Exception):
    """Something about a person's data that they can understand and mend.

    Attributes
    ----------
    what : str
        What is wrong, naming the value.
    where : str
        The file, layer or line; empty where there is none.
    advice : str
        One thing to do about it; empty where there is none.
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
