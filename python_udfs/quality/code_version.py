"""A hash of the project's code: two builds with the same one ran the same code. No git is needed to tell."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

PACKAGE = Path(__file__).resolve().parent.parent
# What decides a result; seeds/demo is data, which have a fingerprint of their own.
CODE = ("models", "macros", "seeds", "dbt_project.yml", "constraints.txt")
DATA = Path("seeds", "demo")
CODE_VERSION_SCHEMA = pa.schema([pa.field("code_version", pa.string())])


def code_version(package: Path = PACKAGE) -> pa.Table:
    """One row of CODE_VERSION_SCHEMA: the first 16 hexadecimal digits of the SHA-256 of names and contents.

    package: the folder python_udfs. The dbt project is taken to stand around it, as it does in a clone; where the
    package was installed apart from the project, only its own code counts.
    """
    project = package.parent
    roots = [package, *(project / name for name in CODE if (project / "dbt_project.yml").exists())]
    digest = hashlib.sha256()
    for path in sorted(code_files(roots)):
        name = path.relative_to(project)
        if not name.is_relative_to(DATA):
            digest.update(f"{name.as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return pa.table({"code_version": [digest.hexdigest()[:16]]}, schema=CODE_VERSION_SCHEMA)


def code_files(roots: Iterable[Path]) -> Iterator[Path]:
    """The files among `roots` and below them, without hidden ones and what Python compiled from them."""
    for root in roots:
        for path in [root] if root.is_file() else root.rglob("*"):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(root.parent).parts)
            if path.is_file() and not hidden:
                yield path
