from python_udfs.engine import engine_for
from python_udfs.quality.code_version import code_version


def model(dbt, session):
    """One row: the hash of the code that this build runs."""
    return engine_for(session).rows(code_version())
