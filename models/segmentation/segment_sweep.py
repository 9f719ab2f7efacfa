from python_udfs.engine import engine_for
from python_udfs.segmentation.candidates import SweepRules, candidates_table, sweep
from python_udfs.segmentation.choice import ChoiceRules, choose_k
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from, noise_shares
from python_udfs.segmentation.published import PUBLISHED_COLUMNS, PublishedSegments
from python_udfs.segmentation.vectors import vector_matrix


def model(dbt, session):
    """One row per number of segments tried: its figures, and which one was chosen and why."""
    engine = engine_for(session)
    rules = SweepRules(**dbt.config.meta_get("sweep"))
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"])
    sample = engine.sample(customers, key="customer_id", limit=dbt.config.meta_get("sample"))
    published = engine.collect(engine.read(dbt.source("published", "segments"), PUBLISHED_COLUMNS))
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    candidates = sweep(vector_matrix(sample), rules, noise_shares(dimensions))
    choice = ChoiceRules(**dbt.config.meta_get("choice"))
    chosen_k, reason = choose_k(candidates, choice, PublishedSegments.of(published).known_by(dimensions).count)
    return engine.rows(candidates_table(candidates, chosen_k, reason))
