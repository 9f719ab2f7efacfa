"""The default: a small local model chooses among phrases that hold, so that it can't say anything untrue."""

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from python_udfs.description.embedded_model import MODEL, EmbeddedModel
from python_udfs.description.naming import assign_names, keep_names, prefer
from python_udfs.description.phrases import Candidate
from python_udfs.description.wording import SegmentSheet, SegmentText, segment_text
from python_udfs.progress import Progress

# How much less telling than the best, in standard deviations, a phrase may be and still be offered.
MARGIN = 0.5
# What the model's choice counts for when names are given out: more than the margin, or it would count for nothing.
PREFERENCE = 0.75
MOST_OPTIONS = 3
# The model reads as slowly as it writes (some 20 ms a token), so it is told little.
MOST_FACTS = 3


class EmbeddedProvider:
    """Lets the model choose each segment's name from its most telling ones; the rest is the phrase table's."""

    source = "embedded"
    model = MODEL
    prompt_version = "1"

    def write(
        self, sheets: Sequence[SegmentSheet], reserved: Collection[str], previous: Mapping[str, str]
    ) -> list[SegmentText]:
        """One text per sheet, as `DescriptionProvider` promises. Loads the model only if there is a choice to make."""
        shortlists = {sheet.segment_key: shortlist(sheet.names.names) for sheet in sheets}
        open_questions = [sheet for sheet in sheets if len(shortlists[sheet.segment_key]) > 1]
        model = EmbeddedModel() if open_questions else None
        progress = Progress(len(open_questions), "segments named")
        liked = {}
        for sheet in open_questions if model else ():
            names = shortlists[sheet.segment_key]
            liked[sheet.segment_key] = names[model.choose(prompt(sheet), names)]
            progress.advance(1)
        preferred = [prefer(sheet.names, liked.get(sheet.segment_key), PREFERENCE) for sheet in sheets]
        names = assign_names(keep_names(preferred, previous), reserved)
        return [segment_text(sheet, names[sheet.segment_key], self.source) for sheet in sheets]


def shortlist(options: Sequence[Candidate]) -> list[str]:
    """The first options that are about as telling as the best.

    None that repeats the shop's own words: a category's name is data, and has no say in what is chosen.
    """
    near = [option for option in options if option.score >= options[0].score - MARGIN]
    return [option.text for option in takewhile(lambda option: not option.says_data, near[:MOST_OPTIONS])]


def prompt(sheet: SegmentSheet) -> str:
    """What the model is told: the figures that set the segment apart, and none of the shop's own words."""
    figures = [
        f"{fact.name.removeprefix('median_').removeprefix('average_').replace('_', ' ')} {fact.said} ({fact.shop_said})"
        for fact in sheet.segment.strongest()
        if fact.text is None
    ]
    return f"Customers (all): {', '.join(figures[:MOST_FACTS])}.\nName:"
