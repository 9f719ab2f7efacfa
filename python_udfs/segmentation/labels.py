"""What features are called where people read, or where builds are compared."""

import pyarrow as pa


def category_labels(ranks: pa.Table) -> dict[str, str]:
    """Feature -> label of the shares of categories: ranks change from build to build, names don't.

    ranks: category, category_rank (from 1).
    """
    return {f"category_{row['category_rank']}_share": f"share of {row['category']}" for row in ranks.to_pylist()}
