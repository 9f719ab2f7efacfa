from python_udfs.engine import engine_for
from python_udfs.segmentation.candidates import SweepRules, chosen_candidate
from python_udfs.segmentation.centroids import IdentityRules, build_centroids
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from
from python_udfs.segmentation.published import PUBLISHED_COLUMNS, PublishedSegments
from python_udfs.segmentation.vectors import vector_matrix


def model(dbt, session):
    """One row per segment: its key, its centroid and its quality. A segment published before keeps its key."""
    engine = engine_for(session)
    candidates = engine.collect(engine.read(dbt.ref("segment_sweep"), ["k", "setting", "chosen"]))
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"])
    sample = engine.sample(customers, key="customer_id", limit=dbt.config.meta_get("sample"))
    published = engine.collect(engine.read(dbt.source("published", "segments"), PUBLISHED_COLUMNS))
    return engine.rows(
        build_centroids(
            vector_matrix(sample),
            chosen_candidate(candidates),
            dimensions,
            PublishedSegments.of(published),
            SweepRules(**dbt.config.meta_get("sweep")),
            IdentityRules(**dbt.config.meta_get("identity")),
        )
    )
