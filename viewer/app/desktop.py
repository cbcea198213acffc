"""The icon to double-click: a desktop entry for this checkout or this installed program."""

import shutil
import sys
from pathlib import Path

from geodata.errors import GeodataError
from viewer import paths

# Characters the desktop entry specification 1.5 reserves in Exec. The others stay unquoted, because xdg-open of
# xdg-utils 1.1.3 (Debian 12) cannot read a quoted command.
RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")


def install_desktop() -> str:
    """Put the program among the person's applications and return a text that says what was done.

    Writes two files below the XDG data folder, the entry and its icon, over those of an earlier call. Does not touch
    the desktop's own surface and registers no file types; a checkout that is moved needs a new call.

    Raises
    ------
    GeodataError
        Where the system has no desktop entries, or the files cannot be read or written.
    """
    if not sys.platform.startswith("linux"):
        raise GeodataError("Only Linux has desktop entries.", advice="Make a shortcut to the `run` file instead.")
    folder = paths.folder("data")
    if folder is None:
        raise GeodataError("There is no home folder to put the icon into.")
    share, source = folder.parent, paths.resources()
    icon = share / "icons" / "hicolor" / "scalable" / "apps" / f"{paths.NAME}.svg"
    entry = share / "applications" / f"{paths.NAME}.desktop"
    try:
        template = (source / "packaging" / entry.name).read_text(encoding="utf-8")
        for path in (icon, entry):
            path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / "icons" / icon.name, icon)
        entry.write_text(fill_in(template, program(), icon), encoding="utf-8")
    except OSError as error:
        raise GeodataError(
            f"The icon could not be installed: {error.strerror or error}.",
            where=str(error.filename or share),
            advice="Check that the folder can be written to.",
        ) from error
    return f"{paths.TITLE} is now among your applications.\n  entry: {entry}\n  icon:  {icon}\n  opens: {program()}"


def program() -> Path:
    """Return the file that starts the program: `run` of a checkout, or the installed command."""
    root = paths.checkout()
    return root / "run" if root else Path(shutil.which(sys.argv[0]) or sys.argv[0]).absolute()


def fill_in(template: str, command: Path, icon: Path) -> str:
    """Return the desktop entry's text for this command and icon.

    The icon is named by its path: a name of its own is found only after the desktop has read its icon cache anew.
    """
    values = {"@EXEC@": quoted(str(command)), "@TRYEXEC@": escaped(str(command)), "@ICON@": escaped(str(icon))}
    for mark, value in values.items():
        template = template.replace(mark, value)
    return template


def quoted(argument: str) -> str:
    """Return an argument of Exec as the desktop entry specification wants it: quoted only where it must be."""
    argument = argument.replace("%", "%%")
    if RESERVED.isdisjoint(argument):
        return argument
    for character in '\\"`$':
        argument = argument.replace(character, f"\\{character}")
    return escaped(f'"{argument}"')


def escaped(value: str) -> str:
    """Return a string value as the desktop entry specification wants it."""
    return value.replace("\\", "\\\\").replace("\n", "\\n")
