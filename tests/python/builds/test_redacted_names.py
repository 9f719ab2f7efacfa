"""Turning a recogniser of names on redacts and embeds anew what it changes, and nothing else."""

from tests.python.builds.shops import CONTENT, Shopper, write_reviews, write_shoppers

TEXTS = "select text from voice.review_texts order by review_id"
VECTORS = "select count(*) from voice.review_embeddings"


def test_turning_names_on_redacts_all_texts_again_and_embeds_those_that_change(build_shop, tmp_path) -> None:
    shop = write_shoppers(tmp_path / "shop", [Shopper()] * 3)
    write_reviews(shop, [("c000", 5, CONTENT[0]), ("c001", 5, "My husband David Brown loves it")])
    select = "+review_texts +review_embeddings"
    without = build_shop(shop, select=select)
    assert without.returncode == 0, without.output
    assert without.query(TEXTS) == [(CONTENT[0],), ("My husband David Brown loves it",)]

    names = {"redaction_names": "lists"}
    with_names = build_shop(shop, select=select, after=without, variables=names)
    assert with_names.returncode == 0, with_names.output
    assert " 1 texts to encode" in with_names.output
    assert with_names.query(TEXTS) == [(CONTENT[0],), ("My husband <NAME> loves it",)]
    assert with_names.query(VECTORS) == [(2,)]
    ((versions, told),) = with_names.query(
        "select count(distinct redaction_version), bool_and(redaction_version like '%:lists%') "
        "from voice.redacted_documents"
    )
    assert (versions, told) == (1, True)

    again = build_shop(shop, select=select, after=with_names, variables=names)
    assert " 0 texts to encode" in again.output
