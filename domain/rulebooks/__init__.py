"""The rulebooks that come with the program, as TOML texts ready to be drafted."""

from importlib.resources import files

__all__ = ["shipped"]


def shipped() -> dict[str, str]:
    """Return the text of every shipped rulebook by its file name."""
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
