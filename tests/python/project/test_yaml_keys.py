"""dbt-duckdb ignores a misspelt YAML key in silence; dbt's own JSON schema, which it applies elsewhere, does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from dbt.jsonschemas.jsonschemas import project_schema, resources_schema
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

PROJECT = Path(__file__).resolve().parents[3]
RESOURCE_FILES = sorted(
    path
    for folder in ("models", "seeds", "macros", "tests", "snapshots")
    for path in PROJECT.glob(f"{folder}/**/*.yml")
)


def type_after_rendering(validator, types, instance, schema) -> Iterator[ValidationError]:
    """An expression in braces has the type that it renders to, which isn't known here."""
    if not (isinstance(instance, str) and "{{" in instance):
        yield from Draft7Validator.VALIDATORS["type"](validator, types, instance, schema)


Validator = extend(Draft7Validator, {"type": type_after_rendering})


def complaints(document: object, schema: dict) -> list[str]:
    errors = Validator(schema).iter_errors(document)
    return sorted(f"{'.'.join(map(str, error.absolute_path))}: {line}" for error in errors for line in deepest(error))


def deepest(error) -> Iterator[str]:
    """The messages at the bottom of an error: "is not valid under any of the schemas" alone helps nobody."""
    unknown = [cause for cause in error.context if cause.validator == "additionalProperties"]
    yield from (cause.message for cause in unknown) if unknown else [error.message]


@pytest.mark.parametrize("path", RESOURCE_FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_key_is_one_that_dbt_knows(path: Path) -> None:
    assert complaints(yaml.safe_load(path.read_text()), resources_schema()) == []


def test_every_key_of_the_project_is_one_that_dbt_knows() -> None:
    assert complaints(yaml.safe_load((PROJECT / "dbt_project.yml").read_text()), project_schema()) == []


def test_a_misspelt_key_is_found() -> None:
    document = {"models": [{"name": "customers", "descripton": "One row per customer."}]}
    assert any("descripton" in complaint for complaint in complaints(document, resources_schema()))
