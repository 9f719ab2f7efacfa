"""What a build is made from, as one hash: when nothing of it has changed, there is nothing to build."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

# All that decides what a build comes to, apart from the data and the settings.
CODE = ("models", "macros", "seeds", "tests/generic", "python_udfs", "scripts")
CODE_FILES = ("dbt_project.yml", "profiles.yml", "constraints.txt")
CHUNK_BYTES = 1 << 20


def inputs_hash(project: Path, data: Path | None, settings: Mapping[str, str], arguments: Iterable[str]) -> str:
    """SHA-256 of the project's code, the data's content and what the build was told.

    data: the user's folder or file; None for the demo, which is part of the project. settings: environment variables.
    """
    digest = hashlib.sha256()
    for path in [*(project / name for name in CODE_FILES), *_files(project / folder for folder in CODE)]:
        _add(digest, str(path.relative_to(project)), path)
    if data is not None:
        # A file may have a table beside it, such as prices.
        for path in sorted(path for path in (data if data.is_dir() else data.parent).iterdir() if path.is_file()):
            _add(digest, str(path), path)
    for name, value in sorted(settings.items()):
        digest.update(f"{name}={value}\n".encode())
    digest.update("\n".join(arguments).encode())
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> list[Path]:
    return sorted(
        path for folder in folders for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def _add(digest: "hashlib._Hash", name: str, path: Path) -> None:
    digest.update(f"{name} {path.stat().st_size}\n".encode())
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
